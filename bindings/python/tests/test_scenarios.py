"""Do the scenario files of tests/scenarios end in Python in the digest in which they end elsewhere?

A verb is called by its own name: its arguments are read from the types that the bindings declare,
so a new verb needs nothing here. Only where a scenario shows less than a verb gives, `SHOWN` says
how. tests/scenarios/README.md has the format.
"""

import enum
import inspect
import json
import os
import subprocess
import sys
import typing
from pathlib import Path

import pytest

import angen

FOLDER = Path(__file__).parents[3] / "tests" / "scenarios"
SCENARIOS = sorted(FOLDER.glob("*.json"))
SEED = ("ANGEN_SEEDED_CHANCE", "angen-scenarios")
BOOT = "00000000-0000-4000-8000-000000000001"
FREE_BYTES = 1 << 36


class Clock(angen.Clock):
    """The clock of the step that is played."""

    at_ms = 0

    def now(self):
        return angen.Moment(wall_ms=self.at_ms, mono_ms=self.at_ms, boot=BOOT)

    def source(self):
        return angen.ClockSource.MANUAL


class Disk(angen.Disk):
    """Room enough for every scenario."""

    def free_bytes(self, place):
        return FREE_BYTES


def play(scenario: dict, folder: Path) -> str:
    """Plays every step and gives the digest in which every phone ends."""
    clock = Clock()
    phones = {}
    kept = {"file": {key: path(name, folder) for key, name in scenario["files"].items()}}
    for number, step in enumerate(scenario["steps"], 1):
        where = f"{scenario['name']}, step {number}: {step['verb']}"
        clock.at_ms = step["at_ms"]
        phone = step.get("phone")
        if phone not in phones:
            phones[phone] = opened(scenario["name"], f"-{phone}" if phone else "", folder, clock)
        arguments = filled(step.get("with", {}), kept)
        try:
            writer = filled(step.get("as"), kept)
            shown = call(phones[phone], step["verb"], writer, arguments, clock.at_ms)
        except angen.ApiError as error:
            assert "fails" in step, f"{where}: {error!r}"
            meets(where, step["fails"], failure(error))
            continue
        assert "fails" not in step, f"{where}: gave {shown}"
        if "expect" in step:
            meets(where, filled(step["expect"], kept), shown)
        if "keep" in step:
            kept[step["keep"]] = shown
    (digest,) = {one.projection_digest() for one in phones.values()}
    return digest


def opened(name: str, phone: str, folder: Path, clock: Clock):
    """A phone of the scenario, with a database and keys of its own."""
    keys = angen.software_keys(str(folder / f"keys{phone}"))
    return angen.Inspector.open(str(folder / f"{name}{phone}"), clock, keys, Disk())


def path(name: str, written: Path) -> str:
    """The absolute path of a file; one that the scenario writes is below `written`."""
    if name.startswith("T/"):
        return str(written / name.removeprefix("T/"))
    return str((FOLDER / name).resolve())


def call(inspector, verb: str, writer, given: dict, at_ms: int):
    """Calls a verb with what the step gives, and shows what came back."""
    method = getattr(inspector, verb)
    hints = typing.get_type_hints(method)
    arguments = []
    for name in inspect.signature(method).parameters:
        match name:
            case "writer":
                arguments.append(writer)
            case "as_of_ms":
                arguments.append(at_ms)
            case "request":
                arguments.append(made(hints[name], given))
            case _:
                arguments.append(made(hints[name], given.get(plain(name))))
    return SHOWN.get(verb, shown)(method(*arguments))


def made(kind, value):
    """A value of a scenario as the type that a verb takes."""
    origin, inner = typing.get_origin(kind), typing.get_args(kind)
    if value is None:
        return None
    if origin is typing.Union:
        return made(next(one for one in inner if one is not type(None)), value)
    if origin in (list, tuple) or origin is typing.get_origin(typing.Sequence[int]):
        return [made(inner[0], one) for one in value]
    if origin is not None:
        return {key: made(inner[1], one) for key, one in value.items()}
    if not inspect.isclass(kind) or kind in (str, int, bool, bytes):
        return value
    if issubclass(kind, enum.Enum):
        return kind[value.upper()]
    if variant := variant_of(kind, value):
        return fields(variant, {name: one for name, one in value.items() if name != "kind"})
    return fields(kind, value)


def variant_of(kind, value):
    """The case of a choice that carries values, if the type is one."""
    name = value.get("kind") if isinstance(value, dict) else None
    return getattr(kind, name.upper(), None) if isinstance(name, str) else None


def fields(kind, value: dict):
    """A record from its fields; what is not given has the default of the bindings."""
    hints = typing.get_type_hints(kind.__init__)
    expected = inspect.signature(kind.__init__).parameters
    named = {}
    for name, parameter in expected.items():
        if name == "self":
            continue
        if plain(name) in value:
            named[name] = made(hints[name], value[plain(name)])
        elif parameter.default is inspect.Parameter.empty:
            # A list that a scenario leaves out is empty, anything else is absent.
            is_list = typing.get_origin(hints[name]) is list
            named[name] = [] if is_list else None
    return kind(**named)


def plain(name: str) -> str:
    """A name as it is in the other languages: Python puts a line before its own words (`from`)."""
    return name.removeprefix("_")


def shown(value):
    """What came back, as JSON has it: choices as words, records as objects."""
    if isinstance(value, enum.Enum):
        return value.name.lower()
    if isinstance(value, list):
        return [shown(one) for one in value]
    if isinstance(value, dict):
        return {key: shown(one) for key, one in value.items()}
    if value is None or isinstance(value, (str, int, bool, bytes)):
        return value
    return {plain(name): shown(one) for name, one in vars(value).items()}


def shown_form(state):
    """Of a form, how many are answered and which are missing."""
    missing = [item.name for item in state.items if item.is_missing]
    return {"answered": state.answered, "asked": state.asked, "missing": missing}


def shown_findings(page):
    """Of what a finding lacks, the codes."""
    rows = shown(page)
    for row in rows["rows"]:
        row["lacks"] = [line["code"] for line in row["lacks"]]
    return rows


def shown_today(today):
    """Of the board, the states."""
    all_of_it = shown(today)
    for row in all_of_it["rows"]:
        row["board"] = [part["state"] for part in row["board"]]
    return all_of_it


def shown_teaching(told):
    """Of a comment, whether it was answered; of skills, how many."""
    all_of_it = shown(told)
    for comment in all_of_it["comments"]:
        comment["is_answered"] = comment["answer"] is not None
    all_of_it["skills"] = len(all_of_it["skills"])
    return all_of_it


def shown_preview(drawn):
    """Of what stands against a document, the places; of its fields, how many."""
    all_of_it = shown(drawn)
    all_of_it["lacks"] = [lack["place"] for lack in all_of_it["lacks"]]
    all_of_it["lines"] = len(all_of_it["lines"])
    return all_of_it


SHOWN = {
    "find_enterprises": lambda page: {"rows": shown(page.found), "next": page.next},
    "form_state": shown_form,
    "findings": shown_findings,
    "today": shown_today,
    "teaching": shown_teaching,
    "preview_document": shown_preview,
}


def filled(value, kept: dict):
    """A value with every reference replaced, and `base` laid under what stands beside it."""
    if isinstance(value, str) and value.startswith("$"):
        found = kept
        for name in value[1:].split("."):
            found = found[int(name) if isinstance(found, list) else name]
        return found
    if isinstance(value, list):
        return [filled(one, kept) for one in value]
    if isinstance(value, dict):
        base = filled(value["base"], kept) if "base" in value else {}
        beside = {name: filled(one, kept) for name, one in value.items() if name != "base"}
        return {**base, **beside}
    return value


def meets(where: str, expected, found):
    """Of an object the fields that are named, of a list every item in order, else the value."""
    if isinstance(expected, dict) and isinstance(found, dict):
        for name, value in expected.items():
            assert name in found, f"{where}: no {name} in {found}"
            meets(f"{where}.{name}", value, found[name])
    elif isinstance(expected, list) and isinstance(found, list):
        assert len(expected) == len(found), f"{where}: {found}"
        for one, other in zip(expected, found):
            meets(where, one, other)
    else:
        assert found == expected, where


def failure(error) -> dict:
    """The name of an error, and its place where it has one."""
    return {"kind": type(error).__name__, "place": getattr(error, "place", None)}


def test_there_are_scenarios():
    assert len(SCENARIOS) >= 3


@pytest.mark.parametrize("path", SCENARIOS, ids=lambda path: path.stem)
def test_a_scenario_ends_in_its_digest(path, tmp_path):
    # The seed is read when the library loads, so each scenario is a process of its own.
    done = subprocess.run(
        [sys.executable, __file__, str(path), str(tmp_path)],
        env={**os.environ, SEED[0]: SEED[1]}, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    digest = json.loads(path.read_text(encoding="utf-8"))["digest"]
    assert done.stdout.strip() == digest


if __name__ == "__main__":
    print(play(json.loads(Path(sys.argv[1]).read_text(encoding="utf-8")), Path(sys.argv[2])))
