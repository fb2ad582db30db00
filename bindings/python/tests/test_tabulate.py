"""Is the table what an auditor needs, and safe to open?"""

import csv
import io
import subprocess
import sys

from angen.tabulate import COLUMNS, cell, moment, tabulate


def table_of(paths, root=None):
    """The rows, what was told, and how many packages gave none."""
    out, told = io.StringIO(newline=""), io.StringIO()
    refused = tabulate([str(path) for path in paths], root, out, told)
    rows = list(csv.DictReader(io.StringIO(out.getvalue())))
    return rows, told.getvalue(), refused


def test_a_package_that_does_not_verify_gives_no_row_and_is_named(phone, tmp_path):
    good, bad, gone = (tmp_path / name for name in ["good.angen", "bad.angen", "gone.angen"])
    phone.export(good)
    whole = bytearray(good.read_bytes())
    whole[len(whole) // 2] ^= 1
    bad.write_bytes(whole)
    rows, told, refused = table_of([good, bad, gone], phone.place.root)
    assert refused == 2 and all(row["package"] == str(good) for row in rows)
    for path in (good, bad, gone):
        assert str(path) in told


def test_the_findings_of_a_check_are_rows(phone, tmp_path):
    check, finding = phone.finding()
    phone.export(tmp_path / "check.angen", check)
    ((row,), _, refused) = table_of([tmp_path / "check.angen"], phone.place.root)
    assert refused == 0 and list(row) == COLUMNS
    assert row["dossier"] == check and row["finding"] == finding.finding
    assert row["enterprise"] == "日照样例机械加工有限公司"
    assert row["title"] == "'=皮带传动部位无防护罩", "no formula in the table program"
    assert (row["issuer_known"], row["retracted"], row["raised_by"]) == ("True", "False", "李文静")
    assert row["claimed"].endswith("+08:00") and row["not_after"] == ""


def test_what_somebody_typed_is_never_a_formula():
    for typed in ["=1+1", "+1", "-1", "@sum", "\tx"]:
        assert cell(typed) == "'" + typed
    assert (cell("皮带无护罩"), cell(None)) == ("皮带无护罩", "")


def test_moments_are_china_s():
    assert moment(0) == "1970-01-01T08:00:00+08:00"
    assert moment(None) == ""


def test_the_command_exits_with_1_when_something_was_refused(tmp_path):
    (tmp_path / "no.angen").write_bytes(b"nothing")
    done = subprocess.run(
        [sys.executable, "-m", "angen.tabulate", str(tmp_path / "no.angen"), "--out",
         str(tmp_path / "t.csv")],
        capture_output=True, check=False)
    assert done.returncode == 1
    assert (tmp_path / "t.csv").read_text("utf-8-sig").startswith("package,issuer_known")
