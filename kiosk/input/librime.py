"""The C interface of librime, as far as the kiosk uses it.

Everything is reached through the table that `rime_get_api()` returns. Looking functions up by name
is a trap: 1.8.5 exports `RimeSelectCandidateOnCurrentPage` under its C++ name, and
`RimeSelectCandidate` not at all. librime adds to the table only at its end, so `Functions` also fits
later versions.

A struct that begins with `data_size` tells librime how much of it there is: its size without that
first int. What the annotations below add to `_fields_` is the Python type of each field in use.
"""

from collections.abc import Callable, Sequence
from ctypes import CDLL, CFUNCTYPE, POINTER, Structure, byref, c_char_p, c_int, c_size_t, c_void_p, sizeof
from functools import cache
from pathlib import Path
from typing import Any, TypeVar

LIBRARY = "librime.so.1"
BACKSPACE = 0xFF08  # the X11 keysym
WITHOUT_MODIFIERS = 0

_FATAL_ONLY = 3  # the lower levels may quote what was typed
_STANDARD_ERROR = b""  # as log_dir; NULL would mean files in the temporary folder


class Traits(Structure):
    """Where librime finds its files. Paths are bytes; a null pointer asks for librime's default."""

    _fields_ = (
        ("data_size", c_int),
        ("shared_data_dir", c_char_p),
        ("user_data_dir", c_char_p),
        ("distribution_name", c_char_p),
        ("distribution_code_name", c_char_p),
        ("distribution_version", c_char_p),
        ("app_name", c_char_p),
        ("modules", c_void_p),
        ("min_log_level", c_int),
        ("log_dir", c_char_p),
        ("prebuilt_data_dir", c_char_p),
        ("staging_dir", c_char_p),
    )


class Commit(Structure):
    """Text that is finished."""

    _fields_ = (("data_size", c_int), ("text", c_char_p))
    text: bytes | None


class Preedit(Structure):
    """Text that is not finished: what was chosen so far, then the letters left."""

    _fields_ = (
        ("length", c_int),
        ("cursor_pos", c_int),
        ("sel_start", c_int),
        ("sel_end", c_int),
        ("text", c_char_p),
    )
    text: bytes | None


class Candidate(Structure):
    """One thing the letters may mean. The comment is its reading."""

    _fields_ = (("text", c_char_p), ("comment", c_char_p), ("reserved", c_void_p))
    text: bytes
    comment: bytes | None


class Menu(Structure):
    """librime's own page of candidates, of which the kiosk needs only the first."""

    _fields_ = (
        ("page_size", c_int),
        ("page_no", c_int),
        ("is_last_page", c_int),
        ("highlighted_candidate_index", c_int),
        ("num_candidates", c_int),
        ("candidates", POINTER(Candidate)),
        ("select_keys", c_char_p),
    )
    num_candidates: int
    candidates: Sequence[Candidate]


class Context(Structure):
    """The state of a session."""

    _fields_ = (
        ("data_size", c_int),
        ("preedit", Preedit),
        ("menu", Menu),
        ("commit_text_preview", c_char_p),
        ("select_labels", c_void_p),
    )
    preedit: Preedit
    menu: Menu


class CandidateIterator(Structure):
    """Walks over the candidates of a session, from any index on."""

    _fields_ = (("ptr", c_void_p), ("index", c_int), ("candidate", Candidate))
    candidate: Candidate


_session = c_size_t  # uintptr_t; 0 is none


class Functions(Structure):
    """The table of functions, in the order of rime_api.h; those not used are only counted."""

    _fields_ = (
        ("data_size", c_int),
        ("setup", CFUNCTYPE(None, POINTER(Traits))),
        ("_notification", c_void_p),
        ("initialize", CFUNCTYPE(None, POINTER(Traits))),
        ("finalize", CFUNCTYPE(None)),
        ("_maintenance", c_void_p * 3),
        ("deployer_initialize", CFUNCTYPE(None, POINTER(Traits))),
        ("_prebuild", c_void_p),
        ("deploy", CFUNCTYPE(c_int)),
        ("_deployment", c_void_p * 3),
        ("create_session", CFUNCTYPE(_session)),
        ("_find_session", c_void_p),
        ("destroy_session", CFUNCTYPE(c_int, _session)),
        ("_sessions", c_void_p * 2),
        ("process_key", CFUNCTYPE(c_int, _session, c_int, c_int)),
        ("_commit_composition", c_void_p),
        ("clear_composition", CFUNCTYPE(None, _session)),
        ("get_commit", CFUNCTYPE(c_int, _session, POINTER(Commit))),
        ("free_commit", CFUNCTYPE(c_int, POINTER(Commit))),
        ("get_context", CFUNCTYPE(c_int, _session, POINTER(Context))),
        ("free_context", CFUNCTYPE(c_int, POINTER(Context))),
        ("_status_and_options", c_void_p * 9),
        ("select_schema", CFUNCTYPE(c_int, _session, c_char_p)),
        ("_configuration", c_void_p * 34),
        ("get_input", CFUNCTYPE(c_char_p, _session)),
        ("_caret", c_void_p),
        ("select_candidate", CFUNCTYPE(c_int, _session, c_size_t)),
        ("get_version", CFUNCTYPE(c_char_p)),
        ("_page", c_void_p * 3),
        ("candidate_list_next", CFUNCTYPE(c_int, POINTER(CandidateIterator))),
        ("candidate_list_end", CFUNCTYPE(None, POINTER(CandidateIterator))),
        ("_user_config_open", c_void_p),
        ("candidate_list_from_index", CFUNCTYPE(c_int, _session, POINTER(CandidateIterator), c_int)),
    )
    data_size: int
    initialize: Callable[[Any], None]
    finalize: Callable[[], None]
    deployer_initialize: Callable[[Any], None]
    deploy: Callable[[], int]
    create_session: Callable[[], int]
    destroy_session: Callable[[int], int]
    process_key: Callable[[int, int, int], int]
    clear_composition: Callable[[int], None]
    get_commit: Callable[[int, Any], int]
    free_commit: Callable[[Any], int]
    get_context: Callable[[int, Any], int]
    free_context: Callable[[Any], int]
    select_schema: Callable[[int, bytes], int]
    get_input: Callable[[int], bytes]
    select_candidate: Callable[[int, int], int]
    get_version: Callable[[], bytes]
    candidate_list_next: Callable[[Any], int]
    candidate_list_end: Callable[[Any], None]
    candidate_list_from_index: Callable[[int, Any, int], int]


_Sized = TypeVar("_Sized", Traits, Commit, Context)


class LibraryUnusable(Exception):
    """librime is not on this machine, or is older than the interface above."""


@cache
def load() -> Functions:
    """Load librime and silence it, once per process: a second set-up of its logging aborts the process.

    Raises `LibraryUnusable`.
    """
    try:
        library = CDLL(LIBRARY)
    except OSError as error:
        raise LibraryUnusable(f"{LIBRARY} cannot be loaded") from error
    library.rime_get_api.restype = POINTER(Functions)
    functions: Functions = library.rime_get_api().contents
    if functions.data_size + sizeof(c_int) < sizeof(Functions):
        raise LibraryUnusable(f"librime {functions.get_version().decode()} is too old")
    functions.setup(
        byref(_traits(app_name=b"rime.kiosk", min_log_level=_FATAL_ONLY, log_dir=_STANDARD_ERROR))
    )
    return functions


def folders(*, compiled: Path, private: Path, sources: Path | None = None) -> Traits:
    """Say where the files are: dictionaries in `compiled`, librime's own in `private`.

    With `sources`, librime compiles from there into `compiled`.
    """
    return _traits(
        shared_data_dir=bytes(sources or compiled),
        prebuilt_data_dir=bytes(compiled),
        user_data_dir=bytes(private),
        staging_dir=bytes(compiled if sources else private),
    )


def sized(struct: type[_Sized]) -> _Sized:
    """Make an empty struct that knows its size."""
    return struct(data_size=sizeof(struct) - sizeof(c_int))


def _traits(**fields: bytes | int) -> Traits:
    traits = sized(Traits)
    for name, value in fields.items():
        setattr(traits, name, value)
    return traits
