"""Marks the wheel: it holds a native library, and works with every Python 3."""

from setuptools import Distribution, setup
from setuptools.command.bdist_wheel import bdist_wheel


class Native(Distribution):
    """A package with a library that was compiled elsewhere."""

    def has_ext_modules(self):
        return True


class AnyPython(bdist_wheel):
    """The library is opened by ctypes, so the version of Python does not matter."""

    def get_tag(self):
        return "py3", "none", super().get_tag()[2]


setup(distclass=Native, cmdclass={"bdist_wheel": AnyPython})
