/** A code on the screen, as wide as it is: dark on light whatever the theme, for a camera. */
package org.angen.shell.view.kit

import android.content.Context
import android.graphics.Canvas
import android.graphics.Color
import android.graphics.Paint
import android.graphics.Rect
import android.view.View
import com.google.zxing.common.BitMatrix
import org.angen.shell.host.QrCode

class QrView(context: Context) : View(context) {
    private val dark = Paint().apply { color = Color.BLACK }
    private var code: BitMatrix? = null
    private var said: String? = null
    private var isNew = false

    /** Shows a text as a code; [words] are what TalkBack says of it. */
    fun show(text: String, words: CharSequence) {
        contentDescription = words
        if (said == text) return
        said = text
        code = QrCode.encode(text)
        isNew = true
        invalidate()
        requestLayout()
    }

    /** A camera reads the whole code or nothing: a new one comes into sight by itself. */
    override fun onLayout(changed: Boolean, left: Int, top: Int, right: Int, bottom: Int) {
        super.onLayout(changed, left, top, right, bottom)
        if (!isNew || width == 0) return
        isNew = false
        post { requestRectangleOnScreen(Rect(0, 0, width, height), true) }
    }

    override fun onMeasure(width: Int, height: Int) {
        val side = MeasureSpec.getSize(width)
        setMeasuredDimension(side, side)
    }

    /** Every module has the same number of dots: with uneven ones cameras lose their count. */
    override fun onDraw(canvas: Canvas) {
        val code = code ?: return
        canvas.drawColor(Color.WHITE)
        val dots = (width / code.width).coerceAtLeast(1)
        val edge = ((width - dots * code.width) / 2).toFloat()
        for (y in 0 until code.height) {
            for (x in 0 until code.width) {
                if (!code.get(x, y)) continue
                val (left, top) = edge + x * dots to edge + y * dots
                canvas.drawRect(left, top, left + dots, top + dots, dark)
            }
        }
    }
}
