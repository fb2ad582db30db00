/** Evidence from the camera or a file: photo first, words later, and nothing stands in its way. */
package org.angen.shell.model

import java.io.File
import uniffi.angen_bindings.CaptureEvidence
import uniffi.angen_bindings.EvidenceKind
import uniffi.angen_bindings.EvidenceView
import uniffi.angen_bindings.Purpose
import uniffi.angen_bindings.Shot
import uniffi.angen_bindings.SourceClass

/** What a photo is to show, in the order in which a scene is taken. */
enum class Framing(
    val shot: Shot,
    val zh: String,
    val en: String,
    val adviceZh: String,
    val adviceEn: String,
) {
    WIDE(Shot.WIDE, "全景", "wide", "退后几步，拍下设备和周围环境", "step back: the machine and what is around it"),
    CLOSE(Shot.CLOSE, "近景", "close", "靠近拍清问题部位", "come close: the part that is wrong"),
    RULER(
        Shot.CLOSE,
        "比例尺",
        "ruler",
        "在旁边放上尺子或证件，拍出大小",
        "put a ruler or a card beside it, for its size",
    ),
    PLATE(
        Shot.READING,
        "铭牌",
        "plate",
        "拍清铭牌、编号和读数",
        "the name plate, number or reading, so that it can be read",
    ),
}

/** [kept] once a file is sealed and on the disk. */
data class CaptureState(
    val framing: Framing = Framing.WIDE,
    val proposed: String? = null,
    val taken: File? = null,
    val isVoice: Boolean = false,
    val source: SourceClass = SourceClass.OWN_CAMERA,
    val isBusy: Boolean = false,
    val kept: EvidenceView? = null,
    val keptCount: Int = 0,
    val trouble: Trouble? = null,
)

class CaptureModel(
    desk: Desk,
    private val dossier: String,
    private val about: String?,
    private val purpose: Purpose? = null,
    /** What it is called where nobody types: the item of the checklist that it is of. */
    private val caption: String? = null,
) : Model<CaptureState>(desk, CaptureState()) {
    /** Says what the next photo shows; where it is about a finding, in the finding's words. */
    fun frame(framing: Framing) {
        state = state.copy(framing = framing, proposed = null)
        val finding = about ?: return
        ask(
            {
                runCatching { desk.inspector.proposeCaption(dossier, finding, framing.shot) }
                    .getOrNull()
            },
            failed = { state = state.copy(trouble = it) },
        ) { if (framing == state.framing) state = state.copy(proposed = it) }
    }

    /** The recorder has given a voice note; [isNew] when it was made since it was asked for. */
    fun recorded(file: File, isNew: Boolean) {
        frame(Framing.WIDE)
        taken(file, if (isNew) SourceClass.OWN_CAMERA else SourceClass.IMPORTED)
        state = state.copy(isVoice = state.taken != null)
    }

    /** A new file in the tray for the camera to write into. */
    fun place(): File = File(desk.tray, "${desk.nowMs()}-${System.nanoTime()}.jpg")

    /** The camera has written into the file; one that is empty was cancelled. */
    fun taken(file: File, source: SourceClass = SourceClass.OWN_CAMERA) {
        if (file.length() == 0L) {
            file.delete()
            return
        }
        state = state.copy(
            taken = file, isVoice = false, source = source, kept = null, trouble = null,
        )
    }

    /** Keeps the file as evidence. Without words it is called by what it shows. */
    fun keep(words: String, sourceNote: String? = null) {
        val file = state.taken ?: return
        if (state.isBusy) return
        val request = CaptureEvidence(
            path = file.path,
            dossier = dossier,
            about = about,
            kind = kind(),
            source = state.source,
            sourceNote = sourceNote?.ifBlank { null },
            caption = words.ifBlank { usual() },
            method = if (state.isVoice) "手机录音机" else null,
            purpose = purpose,
            device = desk.device,
        )
        state = state.copy(isBusy = true, trouble = null)
        ask(
            { desk.inspector.captureEvidence(desk.writer(), request).also { file.delete() } },
            failed = { state = state.copy(isBusy = false, trouble = it) },
        ) { kept ->
            val next = Framing.entries.getOrElse(state.framing.ordinal + 1) { state.framing }
            state = CaptureState(next, kept = kept, keptCount = state.keptCount + 1)
            frame(next)
        }
    }

    /** What it is called when nobody types. */
    fun usual(): String {
        if (state.isVoice) {
            // The core proposes the words of a photo; of those the shot does not fit a voice.
            val of = caption ?: state.proposed?.removeSuffix("（${Framing.WIDE.zh}）")
            return listOfNotNull(of, "录音").joinToString("：")
        }
        return state.proposed ?: when (purpose) {
            Purpose.SIGNED_PAGE -> "签字页"
            Purpose.COURSEWARE -> "课件"
            else -> listOfNotNull(caption, state.framing.zh).joinToString("：")
        }
    }

    /** A photo shows the scene itself, or stands for the paper that it was taken of. */
    private fun kind() = when (purpose) {
        Purpose.SIGNED_PAGE -> EvidenceKind.SCENE_RECORD
        Purpose.COURSEWARE -> EvidenceKind.DOCUMENTARY
        else -> EvidenceKind.AUDIO_VISUAL
    }

    /** Takes it again: the file was never evidence. */
    fun discard() {
        state.taken?.delete()
        state = state.copy(taken = null, isVoice = false, trouble = null)
    }
}
