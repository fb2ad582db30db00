"""Makes letters.ttf: the characters that the samples draw, from Noto Sans CJK SC, as TrueType.

Run: python3 make-font.py NotoSansCJK-Regular.ttc   (needs fontTools; README.md says where from)
"""

import pathlib
import sys

from fontTools import subset
from fontTools.pens.cu2quPen import Cu2QuPen
from fontTools.pens.ttGlyphPen import TTGlyphPen
from fontTools.ttLib import TTCollection, newTable

HERE = pathlib.Path(__file__).parent
# One unit of a thousand: unseen at the sizes drawn here.
CURVE_ERROR_UNITS = 1.0


def characters():
    """Every character that a source file of the crate holds, comments included, and all of ASCII."""
    wanted = {chr(code) for code in range(0x20, 0x7F)}
    for source in (HERE.parent / "src").rglob("*.rs"):
        wanted |= {c for c in source.read_text(encoding="utf-8") if c not in "\r\n\t"}
    return "".join(sorted(wanted))


def main():
    faces = TTCollection(sys.argv[1]).fonts
    font = next(face for face in faces if face["name"].getDebugName(4) == "Noto Sans CJK SC")
    options = subset.Options(layout_features=[], name_IDs=[0, 1, 2, 3, 4, 5, 6, 13, 14])
    options.drop_tables += ["BASE", "VORG", "vhea", "vmtx", "GPOS", "GSUB", "GDEF"]
    cutter = subset.Subsetter(options)
    cutter.populate(text=characters())
    cutter.subset(font)
    outlines, order = font.getGlyphSet(), font.getGlyphOrder()
    glyphs = {}
    for name in order:
        pen = TTGlyphPen(None)
        outlines[name].draw(Cu2QuPen(pen, CURVE_ERROR_UNITS, reverse_direction=True))
        glyphs[name] = pen.glyph()
    del font["CFF "]
    font["loca"], font["glyf"] = newTable("loca"), newTable("glyf")
    font["glyf"].glyphOrder, font["glyf"].glyphs = order, glyphs
    maxp = font["maxp"]
    maxp.tableVersion = 0x00010000
    for limit in ("maxZones",):
        setattr(maxp, limit, 1)
    for limit in (
        "maxTwilightPoints", "maxStorage", "maxFunctionDefs", "maxInstructionDefs",
        "maxStackElements", "maxSizeOfInstructions", "maxComponentElements", "maxPoints",
        "maxContours", "maxCompositePoints", "maxCompositeContours", "maxComponentDepth",
    ):
        setattr(maxp, limit, 0)
    font["post"].formatType = 3.0
    font["head"].glyphDataFormat = 0
    font.sfntVersion = "\x00\x01\x00\x00"
    font.recalcTimestamp = False
    font.save(HERE / "letters.ttf")


main()
