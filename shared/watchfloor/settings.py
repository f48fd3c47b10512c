"""Every variable that an operator can set, once, with its default and meaning: WATCHFLOOR_* in the environment."""

from functools import cached_property
from pathlib import Path
from typing import Literal

from pydantic import Field, ValidationError
from pydantic_settings import BaseSettings, SettingsConfigDict


class Settings(BaseSettings):
    """The settings of every service; `WATCHFLOOR_HTTP_PORT=9000` sets `http_port`."""

    model_config = SettingsConfigDict(env_prefix="WATCHFLOOR_", frozen=True, extra="ignore")

    broker: str = Field("", description="host:port of the Kafka broker; empty: 127.0.0.1 and `kafka_port`")
    kafka_port: int = Field(9292, ge=1, le=65535, description="port of the embedded broker, on loopback")
    kafka_controller_port: int = Field(9293, ge=1, le=65535, description="port of the embedded broker's controller")
    kafka_jars_url: str = Field(
        "https://repo1.maven.org/maven2", description="Maven repository that the broker's jars are fetched from"
    )
    cache_folder: Path = Field(
        Path("~/.cache/watchfloor"), description="where fetched jars are kept; may be shared by several checkouts"
    )
    data_folder: Path = Field(Path("var"), description="store, broker log, state of sources, large records")
    http_host: str = Field("127.0.0.1", description="address that the gateway listens on")
    http_port: int = Field(8470, ge=1, le=65535, description="port that the gateway listens on")
    http_allowed_hosts: str = Field(
        "", description="further host names that the gateway answers to, comma-separated; loopback names always"
    )
    cursor_secret: str = Field("", description="signs cursors; empty: drawn once and kept in the data folder")
    cursor_secret_file: str = Field(
        "", description="path of a file that holds it, in place of WATCHFLOOR_CURSOR_SECRET"
    )
    sources: str = Field("", description="path of sources.yaml: the sites that are read; empty: the demonstration's")
    contact: str = Field("", description="address or URL that the crawler names in its User-Agent; else sources.yaml's")
    archive: str = Field("", description="folder that takes every fetched response as WARC; empty: none is kept")
    web_allowed: str = Field(
        "", description="host:port, comma-separated, that may be fetched though they lie on this machine or its network"
    )
    newsroom_port: int = Field(8481, ge=1, le=65500, description="first port of the demonstration's outlets")
    operations_host: str = Field("127.0.0.1", description="address of the operations port")
    operations_port: int = Field(
        0,
        ge=0,
        le=65535,
        description="port of /healthz, /readyz and /metrics; 0: none; under `make run` the first of four",
    )
    log_level: Literal["debug", "info", "warning", "error"] = Field("info", description="of Watchfloor's own entries")
    log_format: Literal["text", "json"] = Field("text", description="for a person, or one JSON object a line")
    pool_processes: int = Field(0, ge=0, description="worker processes of a CPU-bound stage; 0: one for each core")
    page_cpu_seconds: float = Field(2.0, gt=0, description="CPU seconds that reading one page may take")
    page_memory_mb: int = Field(300, ge=50, description="megabytes that reading one page may take")
    page_max_mb: int = Field(20, ge=1, description="largest page, in megabytes, that is accepted at all")
    stream_records: int = Field(
        2000,
        ge=1,
        description="articles kept for clients of the stream that are behind; those further behind miss some",
    )
    stream_mb: int = Field(32, ge=1, description="megabytes that these may take")
    claim_check_kb: int = Field(
        512, ge=1, description="records over this many KiB travel by claim check between services"
    )
    backfill_in_flight: int = Field(32, ge=1, description="pages of a backfill that may be under way at once")
    retry_first_seconds: float = Field(0.5, gt=0, description="pause before the second attempt; doubles each time")
    retry_longest_seconds: float = Field(60.0, gt=0, description="longest pause between two attempts")
    breaker_window_seconds: float = Field(60.0, gt=0, description="over which the breaker counts failures")
    breaker_failures: int = Field(10, ge=1, description="unforeseen errors, or rejections, that trip the breaker")
    breaker_sources: int = Field(3, ge=1, description="sources that rejections must come from to trip the breaker")
    instance: str = Field("1", description="name of this worker among those of its stage; stable over restarts")

    @cached_property
    def bootstrap(self) -> str:
        """host:port of the broker that is used."""
        return self.broker or f"127.0.0.1:{self.kafka_port}"

    @cached_property
    def data(self) -> Path:
        """The data folder, absolute."""
        return self.data_folder.expanduser().absolute()

    @cached_property
    def cache(self) -> Path:
        """The cache folder, absolute."""
        return self.cache_folder.expanduser().absolute()

    @cached_property
    def sources_path(self) -> Path | None:
        """The sources.yaml that is set, absolute; None where none is."""
        return Path(self.sources).expanduser().absolute() if self.sources else None

    @cached_property
    def store_path(self) -> Path:
        """The file of the embedded store."""
        return self.data / "store.sqlite"

    @cached_property
    def claims_folder(self) -> Path:
        """The folder of large records, seen by all services."""
        return self.data / "claims"

    @cached_property
    def status_folder(self) -> Path:
        """Where each service keeps its status file."""
        return self.data / "status"


def misread(error: ValueError) -> str:
    """What an operator is told where variables cannot be read: each with its reason; empty where it is another error."""
    if not isinstance(error, ValidationError) or error.title != Settings.__name__:
        return ""
    prefix = Settings.model_config["env_prefix"]
    faults = [(f"{prefix}{fault['loc'][0]}".upper(), fault["msg"]) for fault in error.errors(include_input=False)]
    return "; ".join(f"{name}: {reason}" for name, reason in faults) + " (docs/settings.md)"
