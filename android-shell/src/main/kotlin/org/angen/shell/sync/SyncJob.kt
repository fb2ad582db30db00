/** Sync in the background, by the system's scheduler: where there is a network, not too often. */
package org.angen.shell.sync

import android.app.job.JobInfo
import android.app.job.JobParameters
import android.app.job.JobScheduler
import android.app.job.JobService
import android.content.ComponentName
import android.content.Context
import org.angen.shell.host.ShellApplication
import org.angen.shell.model.Emptied
import uniffi.angen_bindings.ApiException
import uniffi.angen_bindings.Cancel
import uniffi.angen_bindings.SyncRequest

/**
 * It works with the key of who is signed in: a phone that lies in a drawer, handed over to nobody,
 * waits until somebody has opened a key. An order that the phone be emptied is carried out at once:
 * who has found a phone opens no app. Nothing of the core is asked on the screen's thread.
 */
class SyncJob : JobService() {
    private val cancel = Cancel()

    override fun onStartJob(job: JobParameters): Boolean {
        val phone = application as ShellApplication
        val desk = phone.desk
        val writer = desk.worker?.writer ?: return false
        var emptied: Emptied? = null
        desk.runner.aside({
            val hub = desk.inspector.syncState().hub ?: return@aside false
            val request = SyncRequest(hub, phone.network.now())
            desk.inspector.sync(writer, request, phone.transport, null, cancel)
            emptied = phone.emptying().run {
                send()
                carryOut()
            }
            false
        }) { result ->
            emptied?.lost?.let { if (it.isEmptied) phone.beginAnew() else desk.signOutOf(it.writers) }
            val again = result.getOrElse { it is ApiException.Offline || it is ApiException.Retry }
            jobFinished(job, again)
        }
        return true
    }

    /** The network went, or the system wants its time back: what was exchanged stays. */
    override fun onStopJob(job: JobParameters): Boolean {
        cancel.cancel()
        return true
    }

    companion object {
        private const val JOB = 1

        /** Four times a day is enough for receipts, and kind to a battery. */
        private const val EVERY_MS = 6 * 60 * 60 * 1000L

        /** Asks for it once; the system remembers over restarts. */
        fun schedule(context: Context) {
            val scheduler = context.getSystemService(JobScheduler::class.java)
            if (scheduler.getPendingJob(JOB) != null) return
            val job = JobInfo.Builder(JOB, ComponentName(context, SyncJob::class.java))
                .setRequiredNetworkType(JobInfo.NETWORK_TYPE_ANY)
                .setPeriodic(EVERY_MS)
                .setPersisted(true)
                .build()
            scheduler.schedule(job)
        }
    }
}
