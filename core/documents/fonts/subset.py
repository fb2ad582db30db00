#!/usr/bin/env python3
"""Makes the embedded fonts again: Noto Serif CJK SC, cut down to GB 2312 and the marks of official forms.

Needs the Debian package fonts-noto-cjk and fontTools (`pip install fonttools`). Run it in this folder:
`python3 subset.py`. The files are renamed, so that a full Noto beside them is never taken for them.
"""

from pathlib import Path

from fontTools import subset
from fontTools.ttLib import TTCollection

FOLDER = Path("/usr/share/fonts/opentype/noto")
FAMILY = "Angen Serif SC"
STYLES = {"Regular": "NotoSerifCJK-Regular.ttc", "Bold": "NotoSerifCJK-Bold.ttc"}

# What forms need beside GB 2312: check boxes, units, circled numbers, and the bullets of lists.
MARKS = "¥￥²³·•–—‘’“”…‰′″℃℉№™←↑→↓√∞≈≠≤≥①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳■□▲△◆◇○◎●★☆〇〔〕【】〖〗㎎㎏㎜㎝㎞㎡㏄µ"


def characters() -> set[int]:
    """Every character of GB 2312, ASCII, full-width ASCII and the marks."""
    wanted = set(range(0x20, 0x7F)) | set(range(0xFF01, 0xFF5F)) | {ord(mark) for mark in MARKS}
    for row in range(0xA1, 0xF8):
        for cell in range(0xA1, 0xFF):
            try:
                wanted.add(ord(bytes([row, cell]).decode("gb2312")))
            except UnicodeDecodeError:
                continue
    return wanted


def rename(font, style: str) -> None:
    """Gives the family its own name; the copyright and licence entries stay as they are."""
    names = {1: FAMILY, 2: style, 4: f"{FAMILY} {style}", 6: f"AngenSerifSC-{style}", 16: FAMILY, 17: style}
    table = font["name"]
    table.names = [record for record in table.names if record.nameID in (0, 5, 13, 14)]
    for identifier, text in names.items():
        table.setName(text, identifier, 3, 1, 0x409)
    font["CFF "].cff.fontNames = [names[6]]


def cut(style: str, source: str) -> None:
    """Writes one style."""
    collection = TTCollection(FOLDER / source)
    font = next(font for font in collection if font["name"].getDebugName(6).startswith("NotoSerifCJKsc"))
    options = subset.Options(hinting=False, layout_features=[], name_IDs=["*"], notdef_outline=True)
    options.drop_tables += ["VORG", "BASE", "vhea", "vmtx", "DSIG"]
    worker = subset.Subsetter(options)
    worker.populate(unicodes=characters())
    worker.subset(font)
    rename(font, style)
    font.recalcTimestamp = False
    target = Path(__file__).with_name(f"angen-serif-sc-{style.lower()}.otf")
    font.save(target)
    print(f"{target.name}: {target.stat().st_size} bytes")


if __name__ == "__main__":
    for style, source in STYLES.items():
        cut(style, source)
