/** QR codes: drawn for another phone's camera, and read from a picture of one. */
package org.angen.shell.host

import android.graphics.Bitmap
import android.graphics.BitmapFactory
import com.google.zxing.BarcodeFormat
import com.google.zxing.BinaryBitmap
import com.google.zxing.DecodeHintType
import com.google.zxing.EncodeHintType
import com.google.zxing.LuminanceSource
import com.google.zxing.RGBLuminanceSource
import com.google.zxing.ReaderException
import com.google.zxing.common.BitMatrix
import com.google.zxing.common.GlobalHistogramBinarizer
import com.google.zxing.common.HybridBinarizer
import com.google.zxing.qrcode.QRCodeReader
import com.google.zxing.qrcode.QRCodeWriter
import com.google.zxing.qrcode.decoder.ErrorCorrectionLevel
import java.io.File

object QrCode {
    /** Light modules around a code, without which cameras do not find it. */
    private const val QUIET = 4

    /** Longest sides of a picture that are tried: the small one takes a tenth of the time. */
    private val SIDES = listOf(1_600, 3_200, 6_400)

    private val WRITING = mapOf(
        EncodeHintType.MARGIN to QUIET,
        // The least correction: an answer is long, and its modules must not become too small.
        EncodeHintType.ERROR_CORRECTION to ErrorCorrectionLevel.L,
    )

    private val READING = mapOf(DecodeHintType.TRY_HARDER to true)

    /** The modules of a text with the light ones around, one dot each. */
    fun encode(text: String): BitMatrix =
        QRCodeWriter().encode(text, BarcodeFormat.QR_CODE, 0, 0, WRITING)

    /** What the code in a picture says; none when no code is found. Takes its time. */
    fun decode(picture: File): String? {
        val size = BitmapFactory.Options().apply { inJustDecodeBounds = true }
        BitmapFactory.decodeFile(picture.path, size)
        val longest = maxOf(size.outWidth, size.outHeight)
        val samples = SIDES.map { side -> sample(longest, side) }.distinct()
        return samples.firstNotNullOfOrNull { sample ->
            val options = BitmapFactory.Options().apply { inSampleSize = sample }
            BitmapFactory.decodeFile(picture.path, options)?.let(::decode)
        }
    }

    /** How much smaller a side is read so that it is no longer than [side]: a power of two. */
    private fun sample(longest: Int, side: Int): Int {
        var sample = 1
        while (longest / sample > side) sample *= 2
        return sample
    }

    private fun decode(bitmap: Bitmap): String? {
        val dots = IntArray(bitmap.width * bitmap.height)
        bitmap.getPixels(dots, 0, bitmap.width, 0, 0, bitmap.width, bitmap.height)
        val source = RGBLuminanceSource(bitmap.width, bitmap.height, dots)
        bitmap.recycle()
        return read(source)
    }

    /**
     * A shadow over a screen asks for the local threshold, a small code for that of the whole; and
     * a screen of text with dark signs on light shows the code of `angen hub keys` inverted.
     */
    private fun read(source: LuminanceSource): String? {
        val tries = listOf(
            HybridBinarizer(source),
            GlobalHistogramBinarizer(source),
            HybridBinarizer(source.invert()),
        )
        return tries.firstNotNullOfOrNull { light ->
            try {
                QRCodeReader().decode(BinaryBitmap(light), READING).text
            } catch (_: ReaderException) {
                null
            }
        }
    }
}
