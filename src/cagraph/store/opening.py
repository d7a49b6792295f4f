"""Open the store that a reader means: an endpoint, a folder, or our own, built when it is missing."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from cagraph.errors import CacheFault, CagraphError, DataFault, StoreFault, WriteFault
from cagraph.store import home
from cagraph.store.embedded import Embedded, opened

if TYPE_CHECKING:
    from cagraph.store import Store


def connect(where: str | None = None, *, say: bool = True, last_good: bool = True) -> Store:
    """Return the store that `where` or `CAGRAPH_STORE` names: an endpoint's URL, a folder, or ours.

    Our own is built first when it is missing, damaged, or older than the data.

    Args:
        where: an endpoint or a folder.
        say: tell on stderr that it is built, and what was in the way; else only what was in the way,
            as a warning.
        last_good: if the data is wrong now, take the last store that could be built, and say so.

    Raises:
        StoreFault: if the store cannot be opened or built.
        DataFault: if it had to be built and the data is wrong.
    """
    where = where or os.environ.get("CAGRAPH_STORE")
    if where and where.lower().startswith(("http://", "https://")):
        from cagraph.store.remote import Remote

        return Remote(where)
    if where:
        return opened(where)
    state = home.state()
    folder = home.compiled(state)
    if folder:
        return _sound(folder, say=say)
    earlier = home.last_good() if last_good else None
    try:
        _refuse_known(state, last_good=last_good)
        return _built(say=say)
    except (DataFault, StoreFault) as fault:
        if earlier is None or isinstance(fault, WriteFault):
            raise
        return _as_it_was(earlier, fault, say=say)


def checked(*, say: bool = True) -> Embedded:
    """Return our own store after its files were read through and its quads counted; damaged, it is built anew.

    Raises:
        StoreFault: if it cannot be built.
        DataFault: if it had to be built and the data is wrong.
    """
    folder = home.compiled(home.state(fresh=True))
    return _sound(folder, say=say, whole=True) if folder else _built(say=say)


def _sound(folder: str, *, say: bool, whole: bool = False) -> Embedded:
    """Return the store of a folder, or one built in its place if it is damaged: the data is text, nothing is lost."""
    try:
        return opened(folder, whole=whole, marked=home.mark(folder))
    except StoreFault as fault:
        wrong = fault.message  # the fault itself would hold on to the store, so that the build could not remove it
    # Another process may have put a newer store in its place and taken this one away.
    newer = home.compiled(home.state())
    if newer and newer != folder:
        return opened(newer)
    _tell(f"{wrong}: building it anew", say=say)
    return _built(say=False, damaged=folder)


def _built(*, say: bool, damaged: str = "") -> Embedded:
    """Return our own store, built where it can be written: the cache, the spare folder, or memory for this run."""
    from cagraph.store import compiler

    try:
        return opened(compiler.compiled(say=say, damaged=damaged))
    except CacheFault as fault:
        told = fault.message
    try:
        spare = opened(compiler.compiled(spare=True))
    except CacheFault:
        _tell(f"{told}: building it in memory, for this run (CAGRAPH_CACHE names another folder)", say=say)
        return Embedded(compiler.compiled_in_memory())
    _tell(f"{told}: it is kept in {os.path.dirname(home.spare())} (CAGRAPH_CACHE names another folder)", say=say)
    return spare


def _refuse_known(state: str, *, last_good: bool) -> None:
    """Refuse data of which the last build has told what is wrong, if a look at it is enough.

    Raises:
        DataFault: if it is known.
    """
    from cagraph.store import failures

    fault = failures.known(state) if last_good else None
    if fault:
        raise fault


def _as_it_was(earlier: tuple[str, float], fault: CagraphError, *, say: bool) -> Embedded:
    """Return the last store that could be built, and say of when it is.

    Raises:
        CagraphError: what is wrong with the data, if that store is damaged.
    """
    import time

    folder, when = earlier
    try:
        store = opened(folder, marked=home.mark(folder))
    except StoreFault:
        raise fault from None
    date = time.strftime("%Y-%m-%d %H:%M", time.localtime(when))
    wrong = fault.message.rpartition("\n")[2] if isinstance(fault, DataFault) else fault.message
    _tell(f"{wrong}: answers are from its state of {date}; run `cagraph check`", say=say)
    return store


def _tell(text: str, *, say: bool) -> None:
    if say:
        import click

        click.echo(f"cagraph: {text}", err=True)
    else:
        import warnings

        warnings.warn(text, stacklevel=4)
