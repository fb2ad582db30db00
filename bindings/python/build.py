"""Builds the wheel, and installs it into a folder for the tests.

usage: build.py LIBRARY FOLDER

LIBRARY is the built library of the bindings; the Python source beside it in `angen/` was written
from it by angen-bindgen. FOLDER gets the wheel, and `FOLDER/site` what it installs.
"""

import shutil
import subprocess
import sys
from pathlib import Path

HERE = Path(__file__).parent


def main(library: str, folder: str) -> None:
    """Copies the library into the package, stripped where `strip` is there, and builds."""
    held = HERE / "angen" / Path(library).name
    shutil.copyfile(library, held)
    if shutil.which("strip"):
        subprocess.run(["strip", "--strip-unneeded", str(held)], check=True)
    out = Path(folder).resolve()
    shutil.rmtree(out, ignore_errors=True)
    pip = [sys.executable, "-m", "pip", "--quiet", "--disable-pip-version-check"]
    made = ["wheel", "--no-deps", "--no-build-isolation", "--wheel-dir", str(out), str(HERE)]
    subprocess.run([*pip, *made], check=True)
    (wheel,) = out.glob("angen-*.whl")
    site = ["install", "--no-deps", "--no-index", "--target", str(out / "site"), str(wheel)]
    subprocess.run([*pip, *site], check=True)
    shutil.rmtree(HERE / "build", ignore_errors=True)
    shutil.rmtree(HERE / "angen.egg-info", ignore_errors=True)
    print(f"{wheel} ({wheel.stat().st_size} bytes)")


if __name__ == "__main__":
    if len(sys.argv) != 3:
        sys.exit(__doc__)
    main(*sys.argv[1:])
