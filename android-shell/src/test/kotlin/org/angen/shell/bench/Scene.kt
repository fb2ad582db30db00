/** Photos that the tests draw: a grinder without its guard, and codes as a camera sees them. */
package org.angen.shell.bench

import android.graphics.Bitmap
import android.graphics.Canvas
import android.graphics.Color
import android.graphics.Paint
import android.view.View
import java.io.File

/** Draws a scene and writes it as a JPEG. Scenes of another number differ in their bytes. */
fun drawScene(file: File, number: Int = 0): File {
    val image = Bitmap.createBitmap(640, 480, Bitmap.Config.ARGB_8888)
    val canvas = Canvas(image)
    canvas.drawColor(Color.rgb(196, 200, 192))
    val paint = Paint(Paint.ANTI_ALIAS_FLAG)
    fun color(red: Int, green: Int, blue: Int) =
        paint.also { it.color = Color.rgb(red, green, blue) }
    canvas.drawRect(0f, 360f, 640f, 480f, color(120, 118, 110))
    canvas.drawRect(160f, 240f, 480f, 400f, color(60, 70, 90))
    canvas.drawCircle(320f, 220f, 80f, color(150, 150, 155))
    canvas.drawCircle(320f, 220f, 14f, color(180, 30 + 7 * number % 200, 30))
    file.outputStream().use { image.compress(Bitmap.CompressFormat.JPEG, 85, it) }
    return file
}

/** How far from straight somebody holds a camera, in degrees. */
private const val ASKEW = 4f

/** A photo of another phone's screen: askew, in a grey room, as JPEG. */
fun photoOf(screen: View, folder: File): File =
    photoOf(screen.width, screen.height, folder) { screen.draw(it) }

/** A photo of a screen of text that draws a code with half blocks, light on [ground]. */
fun photoOfBlocks(lines: List<String>, folder: File, ground: Int, blocks: Int): File {
    val dots = 8
    val (width, height) = lines[0].length * dots to lines.size * 2 * dots
    return photoOf(width, height, folder) { canvas ->
        canvas.drawColor(ground)
        val ink = Paint().apply { color = blocks }
        fun half(x: Int, y: Int) {
            val (left, top) = (x * dots).toFloat() to (y * dots).toFloat()
            canvas.drawRect(left, top, left + dots, top + dots, ink)
        }
        lines.forEachIndexed { row, line ->
            line.forEachIndexed { x, sign ->
                if (sign in "█▀") half(x, 2 * row)
                if (sign in "█▄") half(x, 2 * row + 1)
            }
        }
    }
}

private fun photoOf(width: Int, height: Int, folder: File, draw: (Canvas) -> Unit): File {
    val seen = Bitmap.createBitmap(width, height, Bitmap.Config.ARGB_8888)
    draw(Canvas(seen))
    val edge = maxOf(width, height) / 6
    val room = Bitmap.createBitmap(
        width + 2 * edge,
        height + 2 * edge,
        Bitmap.Config.ARGB_8888,
    )
    val canvas = Canvas(room)
    canvas.drawColor(Color.rgb(96, 98, 92))
    canvas.rotate(ASKEW, room.width / 2f, room.height / 2f)
    val paint = Paint(Paint.FILTER_BITMAP_FLAG)
    canvas.drawBitmap(seen, edge.toFloat(), edge.toFloat(), paint)
    val file = File.createTempFile("photo", ".jpg", folder)
    file.outputStream().use { room.compress(Bitmap.CompressFormat.JPEG, 85, it) }
    return file
}
