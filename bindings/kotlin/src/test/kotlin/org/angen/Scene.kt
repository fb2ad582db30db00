/** Photos that the tests draw: a grinder without its guard, before a wall. */
package org.angen

import java.awt.Color
import java.awt.GradientPaint
import java.awt.RenderingHints
import java.awt.image.BufferedImage
import java.nio.file.Files
import java.nio.file.Path
import java.security.MessageDigest
import javax.imageio.ImageIO

/** Draws a scene and writes it as a JPEG. Scenes of another number differ in their bytes. */
fun drawScene(file: Path, number: Int = 0, width: Int = 640, height: Int = 480): Path {
    val image = BufferedImage(width, height, BufferedImage.TYPE_INT_RGB)
    val pen = image.createGraphics()
    pen.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON)
    pen.paint = GradientPaint(0f, 0f, Color(210, 214, 208), 0f, height.toFloat(), Color(120, 118, 110))
    pen.fillRect(0, 0, width, height)
    pen.color = Color(60, 70, 90)
    pen.fillRect(width / 4, height / 2, width / 2, height / 3)
    pen.color = Color(150, 150, 155)
    pen.fillOval(width / 3, height / 3, height / 3, height / 3)
    pen.color = Color(180, 30 + number % 200, 30 + number / 200)
    pen.fillOval(width / 3 + height / 8, height / 3 + height / 8, height / 12, height / 12)
    pen.dispose()
    check(ImageIO.write(image, "jpeg", file.toFile())) { "this JVM writes no JPEG" }
    return file
}

/** SHA-256 of a file by the JVM itself, in hexadecimal digits. */
fun sha256(file: Path): String =
    MessageDigest.getInstance("SHA-256").digest(Files.readAllBytes(file))
        .joinToString("") { "%02x".format(it) }
