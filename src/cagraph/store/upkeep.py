"""Folders in which stores are built: made, locked, and cleared of what killed builds and gone data left."""

from __future__ import annotations

import errno
import os
import shutil
import time
from contextlib import contextmanager
from pathlib import Path
from tempfile import mkdtemp, mkstemp
from typing import TYPE_CHECKING

from cagraph import __version__, files
from cagraph.errors import CacheFault, WriteFault
from cagraph.store import home, locks, notes, seal

if TYPE_CHECKING:
    from collections.abc import Iterator

_OWN = {"current", "lock", "whose", "failed", "looked"}
"""The files of a cache: the pointer to its store, the lock of builds, and notes."""
_STORE = "store-"
_MARK = ".building"
"""How the name ends of a file that is locked while a store is built beside its place, in a folder of that name."""
_SHOWN = 40
"""Characters of a folder's name that the one it is built in repeats."""
_ELSEWHERE = {errno.EACCES, errno.EPERM, errno.EROFS, errno.ENOTDIR, errno.ENOENT, errno.EEXIST, errno.ELOOP,
              errno.ENAMETOOLONG, errno.EISDIR, errno.ENOTEMPTY, errno.ENXIO, errno.ENODEV}  # fmt: skip
"""What is wrong with a folder so that another one may do; a full disk is not among it."""
_OLD = 90 * 24 * 60 * 60
"""Seconds after which the store of another version is not wanted any more."""


@contextmanager
def prepared(cache: Path) -> Iterator[None]:
    """Make a cache and hold its lock, so that commands started together build once.

    Raises:
        CacheFault: if a spare folder is not safe, or the engine cannot open the folder.
        OSError: if it cannot be written.
    """
    spare = str(cache) == home.spare()
    if os.fsencode(cache).decode(errors="ignore").encode() != os.fsencode(cache):
        raise CacheFault(f"the path of {cache} is not UTF-8, so that no store can be opened there", "set CAGRAPH_CACHE")
    cache.parent.mkdir(parents=True, exist_ok=True, mode=0o700 if spare else 0o777)
    if spare and not home.is_safe(str(cache)):
        raise CacheFault(f"{cache.parent} belongs to somebody else, or others may write there", "set CAGRAPH_CACHE")
    cache.mkdir(exist_ok=True)
    with locks.building(str(cache / "lock")):
        notes.leave(str(cache / "whose"), f"{__version__}\n{Path(home.data()).absolute()}")
        yield


def new_store(cache: Path) -> Path:
    """Return a new folder for a store in a cache, with the permissions of any other: a cache may be shared.

    Raises:
        OSError: if it cannot be made.
    """
    new = Path(mkdtemp(prefix=_STORE, dir=cache))
    new.chmod(0o777 & ~files.umask())
    return new


@contextmanager
def placed(folder: Path) -> Iterator[Path]:
    """Yield a new folder beside another, and put it in the other's place when it is done, or remove it.

    Raises:
        OSError: if that cannot be written.
    """
    folder.parent.mkdir(parents=True, exist_ok=True)
    prefix = f".{folder.name[:_SHOWN]}-"
    for mark in [path for path in _listed(folder.parent) if path.name.startswith(prefix) and path.suffix == _MARK]:
        with locks.alone(str(mark)) as dead:
            if dead:
                _remove(mark.with_suffix(""))
        if dead:
            _remove(mark)
    handle, name = mkstemp(prefix=prefix, suffix=_MARK, dir=folder.parent)
    os.close(handle)
    mark = Path(name)
    new = mark.with_suffix("")
    try:
        with locks.building(name):
            new.mkdir()
            yield new
            new.replace(folder)
    finally:
        _remove(new)
        _remove(mark)


def refusal(folder: Path, error: OSError) -> WriteFault:
    """Return what to tell people when a store cannot be written: a `CacheFault` if it could be elsewhere."""
    message = f"the store cannot be written in {folder}: {_wrong(folder, error)}"
    if error.errno in _ELSEWHERE:
        return CacheFault(message, "set CAGRAPH_CACHE to a folder that can be written")
    return WriteFault(message, "free some space, or set CAGRAPH_CACHE to a folder that has some")


def _wrong(folder: Path, error: OSError) -> str:
    """Return what is wrong, and with what, if a file of a cache is something else than a file."""
    name = Path(str(error.filename2 or error.filename or "")).name
    if name not in _OWN or not os.path.lexists(folder / name) or (folder / name).is_file():
        return error.strerror or str(error)
    return f"{name} in it is no file ({error.strerror}), remove it"


def clean(cache: Path) -> None:
    """Remove, under the lock, what no one will read again.

    That is all stores but the current one and those being read, what killed builds left, and caches
    whose data is gone.
    """
    current = notes.read(str(cache / "current")).partition("\n")[0]
    for path in _listed(cache):
        if path.name.startswith((_STORE, notes.TEMPORARY)) and path.name != current:
            _remove_unread(path)
    for other in _listed(cache.parent):
        if other != cache and _is_forsaken(other):
            with locks.alone(str(other / "lock")) as free:
                if free and all(map(_remove_unread, other.glob(f"{_STORE}*"))):
                    _remove(other)


def _is_forsaken(folder: Path) -> bool:
    """Tell whether a folder is a cache of ours whose data is gone, or that of another version and long unused."""
    if folder.is_symlink() or not (folder / "lock").is_file():
        return False
    if not all(path.name in _OWN or path.name.startswith((_STORE, notes.TEMPORARY)) for path in _listed(folder)):
        return False
    version, _, data = notes.read(str(folder / "whose")).partition("\n")
    try:
        if hasattr(os, "getuid") and folder.stat().st_uid != os.getuid():
            return False
        if data and _is_gone(data):
            return True
        return version != __version__ and time.time() - (folder / "lock").stat().st_mtime > _OLD
    except OSError:
        return False


def _is_gone(data: str) -> bool:
    """Tell whether a folder is surely not there: one that cannot be looked at may be."""
    try:
        Path(data).stat()
    except (FileNotFoundError, NotADirectoryError):
        return True
    except (OSError, ValueError):
        return False
    return False


def _remove_unread(store: Path) -> bool:
    """Remove a store unless a process reads it; tell whether it was removed."""
    sealed = store / seal.NAME
    with locks.alone(str(sealed)) as unread:
        if not unread and sealed.is_file():
            return False
        _remove(store)
    _remove(store)
    return True


def _remove(path: Path) -> None:
    if path.is_dir():
        shutil.rmtree(path, ignore_errors=True)
    else:
        notes.forget(str(path))


def _listed(folder: Path) -> list[Path]:
    try:
        return list(folder.iterdir())
    except OSError:
        return []
