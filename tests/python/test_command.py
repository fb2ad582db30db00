"""The command says its verdict by its exit code, as text and as JSON."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

FOLDER = Path(__file__).parent


def run(*arguments):
    command = [sys.executable, "-m", "angen_verify", *map(str, arguments)]
    return subprocess.run(command, cwd=FOLDER, capture_output=True, text=True, check=False)


@pytest.fixture
def package(tmp_path, small_package):
    path = tmp_path / "visit.angen"
    path.write_bytes(small_package)
    return path


def test_a_good_package_exits_with_0_and_knows_its_root(package, root):
    done = run(package, "--root", root.hex(), "--json")
    verdict = json.loads(done.stdout)
    assert (done.returncode, verdict["verdict"], verdict["root"]) == (0, "verifies", "known")


def test_another_root_exits_with_1(package):
    done = run(package, "--root", "00" * 32, "--json")
    verdict = json.loads(done.stdout)
    assert (done.returncode, verdict["verdict"], verdict["root"]) == (1, "refused", "other")
    assert verdict["rules"]["K3"]["status"] == "broken"


def test_an_altered_package_exits_with_1_and_names_the_frame(package):
    data = bytearray(package.read_bytes())
    data[-1] ^= 1
    package.write_bytes(data)
    done = run(package)
    assert done.returncode == 1 and "C4 broken" in done.stdout
    assert "Proved" in done.stdout and "Not proved" in done.stdout


@pytest.mark.parametrize("data", [b"", b"PK\x03\x04 a workbook", b"\x00" * 100, b"\xff\xd8\xff\xe0"])
def test_something_else_exits_with_2(tmp_path, data):
    path = tmp_path / "other"
    path.write_bytes(data)
    assert run(path).returncode == 2


def test_a_file_that_is_not_there_exits_with_2(tmp_path):
    done = run(tmp_path / "nothing")
    assert done.returncode == 2 and "nothing" in done.stderr
