"""The workers of a Dask cluster, who make reports as processes of this computer would.

Comes in: the address of a scheduler. Goes out: an executor. The engine is dask.distributed: a
report of a worker that dies is made again by another, as often as the scheduler allows.
"""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import Executor
from contextlib import contextmanager
from typing import TYPE_CHECKING

from kpireport.errors import OutputError
from kpireport.installed import how_to_add
from kpireport.quickly import dataclass

if TYPE_CHECKING:
    from distributed import Client

_PATIENCE = 10.0  # seconds, for a scheduler to answer
_WAITING = 2  # reports for each worker: the next is there when one is done


@dataclass(frozen=True, slots=True)
class Cluster:
    """A scheduler that answered.

    Attributes:
        at_once: how many reports it is given at a time.
    """

    _client: Client
    at_once: int

    @classmethod
    @contextmanager
    def at(cls, address: str) -> Iterator[Cluster]:
        """Talk to the scheduler at an address while the body runs.

        Raises:
            OutputError: it does not answer, has no workers, or dask.distributed is not installed.
        """
        try:
            from distributed import Client
        except ImportError as error:
            raise OutputError(
                "クラスターと話す部品（dask.distributed）がありません。\n"
                "  → 次のコマンドで入れて、もう一度実行してください。\n"
                f"      {how_to_add('cluster')}"
            ) from error
        try:
            client = Client(address, timeout=_PATIENCE, set_as_default=False)  # type: ignore[no-untyped-call]
        except (OSError, ValueError) as error:
            raise OutputError(
                f"クラスターのスケジューラー {address} が答えません。\n"
                "  → 住所と、スケジューラーが動いているかを確かめてください。"
            ) from error
        with client:
            workers = client.scheduler_info(n_workers=-1)["workers"]
            if not workers:
                raise OutputError(
                    f"クラスター {address} に、働くプロセス（ワーカー）がありません。\n"
                    "  → dask worker を起動してください。"
                )
            yield cls(client, _WAITING * len(workers))

    @contextmanager
    def executor(self) -> Iterator[Executor]:
        """Give the cluster's workers as an executor."""
        with self._client.get_executor(pure=False) as executor:  # type: ignore[no-untyped-call]
            yield executor
