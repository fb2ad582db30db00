/** What went wrong, as a screen says it: at its place, in the words of who found it. */
package org.angen.shell.model

import uniffi.angen_bindings.ApiException

/** What the officer can do about it; everything else is only shown. */
enum class Remedy { NONE, OPEN_KEY, TRY_AGAIN, UPDATE, MAKE_ROOM }

/**
 * A sentence in both languages. [place] names the field that it belongs to, in the core's words;
 * none when it is about the whole.
 */
data class Trouble(
    val zh: String,
    val en: String,
    val place: String? = null,
    val remedy: Remedy = Remedy.NONE,
)

/** The sentence of an error. One that is not the core's is a defect, and said as such. */
fun troubleOf(error: Throwable): Trouble = when (error) {
    is ApiException.Invalid -> Trouble(error.zh, error.en, place = error.place)
    is ApiException.NotFound -> Trouble(error.zh, error.en)
    is ApiException.NotAllowed -> Trouble(error.zh, error.en)
    is ApiException.Locked -> Trouble(error.zh, error.en, remedy = Remedy.OPEN_KEY)
    is ApiException.Paused -> Trouble(error.zh, error.en, remedy = Remedy.TRY_AGAIN)
    is ApiException.Retry -> Trouble(error.zh, error.en, remedy = Remedy.TRY_AGAIN)
    is ApiException.UpdateNeeded -> Trouble(error.zh, error.en, remedy = Remedy.UPDATE)
    is ApiException.StorageFull -> Trouble(error.zh, error.en, remedy = Remedy.MAKE_ROOM)
    is ApiException.Damaged -> Trouble(error.zh, error.en)
    is ApiException.Offline -> Trouble(error.zh, error.en, remedy = Remedy.TRY_AGAIN)
    is ApiException.Untrusted -> Trouble(error.zh, error.en)
    is ApiException.WrongKey -> Trouble(error.zh, error.en)
    is ApiException.Cancelled -> Trouble(error.zh, error.en)
    is ApiException.Internal -> Trouble(error.zh, error.en)
    else -> Trouble(
        "应用出错：${error.message ?: error.javaClass.simpleName}。所记内容未改动，请再试一次",
        "the app failed: ${error.message ?: error.javaClass.simpleName}; " +
            "nothing was changed, try again",
    )
}
