//! The settings of a scan: the command line over the configuration file over the defaults.

use crate::config::{self, Config};
use crate::failure::{Failure, file};
use crate::output::Output;
use crate::terminal::Terminal;
use crate::values::{bad, fail_on, number, one_of, text, time};
use clap::ArgMatches;
use model::{Level, Message, Time};
use report::{Keep, Lang, RENDERERS, Renderer};
use std::ffi::{OsStr, OsString};
use std::path::Path;
use verdict::Cidr;

/// More threads than this help nobody.
const MOST_THREADS: u64 = 256;
/// MiB for tables and streams: 200,000 concurrent flows of 512 bytes and their streams, and room to spare.
const USUAL_MEMORY: u64 = 256;
const LEAST_MEMORY: u64 = 16;
const MOST_MEMORY: u64 = 1 << 20;
/// Seconds for which a machine is watched: long enough for a share of the processor, short enough to wait for.
const USUAL_OBSERVATION: u64 = 3;
const LONGEST_OBSERVATION: u64 = 3600;
/// The largest list of pools that is read.
const LARGEST_LIST: u64 = 256 << 20;

/// When something is shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum When {
    /// On a terminal.
    Auto,
    Always,
    Never,
}

/// Everything that a scan needs to know.
pub(crate) struct ScanOptions {
    pub(crate) evidence: Vec<OsString>,
    /// How this machine is looked at, if it is.
    pub(crate) machine: Option<host::Settings>,
    pub(crate) renderer: &'static Renderer,
    pub(crate) output: Output,
    /// Where the capture of what the case rests on goes.
    pub(crate) extract: Option<Output>,
    pub(crate) why: bool,
    pub(crate) show: Option<String>,
    pub(crate) show_secrets: bool,
    pub(crate) keep: Keep,
    pub(crate) fail_on: Option<Level>,
    pub(crate) since: Option<Time>,
    pub(crate) until: Option<Time>,
    pub(crate) inside: Vec<Cidr>,
    pub(crate) intel: Option<String>,
    pub(crate) hash: bool,
    pub(crate) threads: usize,
    /// Bytes that tables and streams may use.
    pub(crate) memory: u64,
    pub(crate) parameters: Vec<(String, String, u64)>,
    pub(crate) progress: When,
    pub(crate) quiet: bool,
    /// Give up all but reading the evidence.
    pub(crate) sandbox: bool,
}

impl ScanOptions {
    /// From what clap matched.
    pub(crate) fn of(matches: &ArgMatches, terminal: &Terminal) -> Result<ScanOptions, Failure> {
        let config = match value(matches, "config") {
            Some(path) => config::load(Path::new(path))?,
            None => Config::default(),
        };
        let word = |name: &'static str, option: &'static str| -> Result<Option<&str>, Message> {
            value(matches, name).map(|raw| text(option, raw)).transpose()
        };
        let zone = terminal.clock.zone();
        let instant = |name, option| -> Result<Option<Time>, Message> {
            word(name, option)?.map(|word| time(option, word, zone)).transpose()
        };
        let (since, until) = (instant("since", "--since")?, instant("until", "--until")?);
        if since.is_some() && until.is_some() && since > until {
            return Err(Message::new("cli-since-after-until").into());
        }
        let renderer = renderer(word("format", "--format")?.unwrap_or("text"))?;
        let show = word("show", "--show")?.map(str::to_owned);
        if show.is_some() && renderer.meta.id != "text" {
            return Err(Message::new("cli-show-is-text").into());
        }
        let level = word("fail-on", "--fail-on")?.map(|word| fail_on("--fail-on", word)).transpose()?;
        let threads = word("threads", "--threads")?
            .map(|word| number("--threads", word, 1, MOST_THREADS))
            .transpose()?;
        let memory = word("memory", "--memory")?;
        let memory = memory.map(|word| number("--memory", word, LEAST_MEMORY, MOST_MEMORY)).transpose()?;
        let evidence: Vec<OsString> = values(matches, "evidence").cloned().collect();
        // Nothing named: what there is to look at is the machine itself.
        let machine = (evidence.is_empty() || matches.get_flag("this-machine")).then_some(());
        let how = look(matches)?;
        let machine = machine.map(|()| how);
        Ok(ScanOptions {
            evidence,
            machine,
            renderer,
            output: Output::of("--output", value(matches, "output"))?,
            extract: extract(value(matches, "extract"), value(matches, "output"))?,
            why: matches.get_flag("why"),
            show,
            show_secrets: matches.get_flag("show-secrets"),
            keep: Keep {
                all_hosts: matches.get_flag("all-hosts"),
                host: word("host", "--host")?.map(str::to_owned),
            },
            fail_on: level.or(config.fail_on).unwrap_or(Some(Level::Probable)),
            since,
            until,
            inside: inside(matches, &config)?,
            intel: intel(matches, &config)?,
            hash: !(matches.get_flag("no-hash") || config.no_hash.unwrap_or(false)),
            threads: threads.or(config.threads).map_or_else(own_threads, |threads| {
                usize::try_from(threads.clamp(1, MOST_THREADS)).unwrap_or(1)
            }),
            memory: memory.or(config.memory).unwrap_or(USUAL_MEMORY).saturating_mul(1 << 20),
            parameters: config.parameters,
            progress: when("--progress", word("progress", "--progress")?)?,
            quiet: matches.get_flag("quiet"),
            sandbox: !matches.get_flag("no-sandbox"),
        })
    }
}

/// How a machine is looked at.
pub(crate) fn look(matches: &ArgMatches) -> Result<host::Settings, Message> {
    let observe = value(matches, "observe").map(|raw| text("--observe", raw)).transpose()?;
    let observe = observe.map(|word| number("--observe", word, 0, LONGEST_OBSERVATION)).transpose()?;
    Ok(host::Settings {
        observe_ms: observe.unwrap_or(USUAL_OBSERVATION).saturating_mul(1000),
        deep: matches.get_flag("deep"),
    })
}

/// What every command understands, known before the arguments are parsed, is as right as the rest.
pub(crate) fn check_common(matches: &ArgMatches) -> Result<(), Message> {
    if let Some(raw) = value(matches, "color") {
        when("--color", Some(text("--color", raw)?))?;
    }
    if let Some(raw) = value(matches, "lang") {
        let word = text("--lang", raw)?;
        if Lang::of(word).is_none() {
            one_of::<()>("--lang", word, &[("en", ()), ("zh", ())])?;
        }
    }
    Ok(())
}

/// One value of an option.
pub(crate) fn value<'a>(matches: &'a ArgMatches, name: &str) -> Option<&'a OsStr> {
    matches.get_one::<OsString>(name).map(OsString::as_os_str)
}

/// All values of an option or argument.
pub(crate) fn values<'a>(
    matches: &'a ArgMatches,
    name: &str,
) -> impl Iterator<Item = &'a OsString> + use<'a> {
    matches.get_many::<OsString>(name).into_iter().flatten()
}

/// `auto`, `always`, `never`.
pub(crate) fn when(option: &'static str, word: Option<&str>) -> Result<When, Message> {
    let known = [("auto", When::Auto), ("always", When::Always), ("never", When::Never)];
    word.map_or(Ok(When::Auto), |word| one_of(option, word, &known))
}

fn renderer(word: &str) -> Result<&'static Renderer, Message> {
    let known: Vec<(&'static str, &'static Renderer)> =
        RENDERERS.iter().map(|renderer| (renderer.meta.id, *renderer)).collect();
    one_of("--format", word, &known)
}

/// A capture among the text of the answer would be of no use to anybody.
fn extract(path: Option<&OsStr>, answer: Option<&OsStr>) -> Result<Option<Output>, Message> {
    let Some(path) = path else { return Ok(None) };
    if path == "-" || answer == Some(path) {
        return Err(Message::new("cli-extract-own-file"));
    }
    Output::of("--extract", Some(path)).map(Some)
}

fn inside(matches: &ArgMatches, config: &Config) -> Result<Vec<Cidr>, Message> {
    let mut ranges = Vec::new();
    for raw in values(matches, "inside") {
        ranges.push(text("--inside", raw)?.to_owned());
    }
    ranges.extend(config.inside.iter().cloned());
    ranges.iter().map(|range| range.parse().map_err(|_| bad("--inside", range, "cli-want-cidr"))).collect()
}

/// The text of the user's own list of pools.
fn intel(matches: &ArgMatches, config: &Config) -> Result<Option<String>, Failure> {
    let Some(path) = value(matches, "intel").map(Path::new).or(config.intel.as_deref()) else {
        return Ok(None);
    };
    let unread = |error: std::io::Error| file("cli-cannot-read", path, &error);
    if std::fs::metadata(path).map_err(unread)?.len() > LARGEST_LIST {
        return Err(Message::new("cli-list-too-long").with("most", LARGEST_LIST >> 20).into());
    }
    std::fs::read_to_string(path).map(Some).map_err(unread)
}

/// Half the processors. The evidence is hashed on a thread of its own, which is busier than the analysis; and handing
/// packets from one core to another costs nearly what it saves (docs/performance.md).
fn own_threads() -> usize {
    std::thread::available_parallelism().map_or(1, |cores| (cores.get() / 2).max(1))
}
