"""What people send instead of a workbook, told in a way that helps them."""

from __future__ import annotations

from perfeval.errors import EncryptedError, UnreadableError
from perfeval.limits import MIB, Limits

_SAVE_ZH = "请提交 Excel 或 WPS 工作簿（.xlsx）"
_SAVE_EN = "submit an Excel or WPS workbook (.xlsx)"

# (offset, first bytes, what it is)
_MAGIC: tuple[tuple[int, bytes, str, str], ...] = (
    (0, b"%PDF", "PDF 文件", "a PDF file"),
    (0, b"{\\rtf", "RTF 文档", "an RTF document"),
    (0, b"Rar!", "RAR 压缩包", "a RAR archive"),
    (0, b"7z\xbc\xaf\x27\x1c", "7z 压缩包", "a 7z archive"),
    (0, b"\x1f\x8b", "gzip 压缩文件", "a gzip file"),
    (0, b"BZh", "bzip2 压缩文件", "a bzip2 file"),
    (0, b"\xfd7zXZ", "xz 压缩文件", "an xz file"),
    (0, b"\xff\xd8\xff", "图片（JPEG）", "a picture (JPEG)"),
    (0, b"\x89PNG", "图片（PNG）", "a picture (PNG)"),
    (0, b"GIF8", "图片（GIF）", "a picture (GIF)"),
    (0, b"II*\x00", "图片（TIFF）", "a picture (TIFF)"),
    (0, b"MM\x00*", "图片（TIFF）", "a picture (TIFF)"),
    (8, b"WEBP", "图片（WebP）", "a picture (WebP)"),
    (4, b"ftyp", "图片或视频", "a picture or video"),
    (0, b"SQLite format 3", "数据库文件", "a database file"),
    (0, b"\x7fELF", "程序文件", "a program"),
)
_BY_OFFSET = tuple(
    (offset, tuple(magic for at, magic, *_ in _MAGIC if at == offset))
    for offset in sorted({offset for offset, *_ in _MAGIC})
)
_SCANNED = "图片不能核对，请提交填写自评表的工作簿（.xlsx）原件"
_LOCK_BYTES = (165, 171)  # the owner files ~$… of Excel and WPS


def by_first_bytes(data: bytes) -> UnreadableError | None:
    """The refusal of empty files and of kinds known by their first bytes."""
    if not data:
        return UnreadableError(
            "空文件（0 字节），可能没有上传完整，请重新提交",
            "an empty file (0 bytes), perhaps an unfinished upload; submit it again",
        )
    if data[0] == 0 and not data.strip(b"\x00"):
        return UnreadableError(
            f"文件内容全部为零（{len(data)} 字节），存储或下载时已损坏，请重新提交原件",
            f"nothing but zero bytes ({len(data)}): damaged when stored or sent; submit it again",
        )
    if any(data.startswith(magics, offset) for offset, magics in _BY_OFFSET):
        return next(
            other_kind(zh, en) for at, magic, zh, en in _MAGIC if data.startswith(magic, at)
        )
    if data[:2] == b"BM" and data[6:10] == b"\x00\x00\x00\x00":
        return other_kind("图片（BMP）", "a picture (BMP)")
    if data[:2] == b"MZ" and b"\x00" in data[:64]:
        return other_kind("程序文件", "a program")
    return None


def other_kind(zh: str, en: str) -> UnreadableError:
    """The refusal of a file of a kind that holds no grid."""
    advice = _SCANNED if zh.startswith("图片") else _SAVE_ZH
    return UnreadableError(
        f"不是工作簿，而是{zh}。{advice}", f"no workbook: the file is {en}; {_SAVE_EN}"
    )


def unknown() -> UnreadableError:
    """The refusal of bytes that are neither a known kind nor text."""
    return UnreadableError(
        f"无法识别的文件，可能已损坏或扩展名有误。{_SAVE_ZH}",
        f"a file of no known kind, perhaps damaged or misnamed; {_SAVE_EN}",
    )


def damaged(kind_zh: str, kind_en: str) -> UnreadableError:
    """The refusal of a file of a readable kind that cannot be read."""
    return UnreadableError(
        f"{kind_zh}已损坏或不完整，无法读取。请用 Excel 或 WPS 打开，另存为 .xlsx 后重新提交",
        f"the {kind_en} is damaged or incomplete; "
        "open it in Excel or WPS, save it as .xlsx and submit that",
    )


def too_slow(kind_zh: str, kind_en: str, seconds: int) -> UnreadableError:
    """The refusal of a file that takes longer than is allowed."""
    return UnreadableError(
        f"{kind_zh}在 {seconds} 秒内没有读完，已放弃。请另存为 .xlsx 后重新提交",
        f"the {kind_en} was not read within {seconds} seconds; save it as .xlsx and submit that",
    )


def encrypted(tried: int) -> EncryptedError:
    """The refusal of a file whose password is not known. `tried` is how many were given."""
    if tried:
        return EncryptedError(
            f"文件有打开密码，给出的 {tried} 个密码都不对。请取消密码后提交，或核对密码文件",
            f"the file has a password and none of the {tried} given fits; "
            "remove the password or correct the password file",
        )
    return EncryptedError(
        "文件有打开密码。请取消密码后提交，或用 --password-file 给出密码",
        "the file has a password; remove it, or give it with --password-file",
    )


def is_lock_file(name: str, data: bytes) -> bool:
    """Whether this is the file ~$… that Excel keeps while a workbook is open."""
    stem = name.replace("\\", "/").rpartition("/")[2]
    return stem.startswith("~$") or (len(data) in _LOCK_BYTES and 0 < data[0] < 9)


def lock_file() -> UnreadableError:
    """The refusal of a lock file."""
    return UnreadableError(
        "这是 Excel 打开工作簿时的临时文件（~$ 开头），不是工作簿本身。请关闭后提交原文件",
        "a temporary file (~$…) that Excel keeps while a workbook is open, not the workbook",
    )


def too_large(size: int, limits: Limits) -> UnreadableError:
    most = limits.file_bytes // MIB
    return UnreadableError(
        f"文件过大（{size // MIB} MB，上限 {most} MB）。请删去图片等无关内容后再提交",
        f"the file is too large ({size // MIB} MB, at most {most} MB); "
        "remove pictures and the like and submit it again",
    )
