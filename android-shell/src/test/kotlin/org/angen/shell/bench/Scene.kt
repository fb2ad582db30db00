/** Photos that the tests draw: a grinder without its guard, before a wall. */
package org.angen.shell.bench

import android.graphics.Bitmap
import android.graphics.Canvas
import android.graphics.Color
import android.graphics.Paint
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
