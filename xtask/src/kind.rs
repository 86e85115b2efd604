//! The kinds of unit that grow: where each lives and what its registry lists.

use crate::tree::Tree;

/// A kind of unit.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Kind {
    /// Recognises a kind of evidence and reads it.
    Reader,
    /// Turns observations into findings.
    Detector,
    /// Turns a case into something to look at.
    Renderer,
}

impl Kind {
    /// All of them.
    pub(crate) const ALL: [Kind; 3] = [Kind::Reader, Kind::Detector, Kind::Renderer];

    /// The word a developer types.
    pub(crate) fn word(self) -> &'static str {
        match self {
            Kind::Reader => "reader",
            Kind::Detector => "detector",
            Kind::Renderer => "renderer",
        }
    }

    /// The name of its folder and of its page.
    pub(crate) fn plural(self) -> &'static str {
        match self {
            Kind::Reader => "readers",
            Kind::Detector => "detectors",
            Kind::Renderer => "renderers",
        }
    }

    /// The folder of its units, from the root, with a slash at the end.
    pub(crate) fn folder(self) -> &'static str {
        match self {
            Kind::Reader => "crates/evidence/src/readers/",
            Kind::Detector => "crates/detect/src/detectors/",
            Kind::Renderer => "crates/report/src/renderers/",
        }
    }

    /// Title of its page.
    pub(crate) fn title(self) -> &'static str {
        match self {
            Kind::Reader => "Readers",
            Kind::Detector => "Detectors",
            Kind::Renderer => "Renderers",
        }
    }

    /// Title of its page in Chinese.
    pub(crate) fn title_zh(self) -> &'static str {
        match self {
            Kind::Reader => "读取器",
            Kind::Detector => "检测器",
            Kind::Renderer => "输出格式",
        }
    }

    /// First sentence of its page.
    pub(crate) fn intro(self) -> &'static str {
        match self {
            Kind::Reader => "A reader recognises one kind of evidence by its content and says what is in it.",
            Kind::Detector => {
                "A detector turns what was seen into findings about hosts, each with its weight and its reasons."
            }
            Kind::Renderer => "A renderer turns a case into text of one format; choose it with `--format`.",
        }
    }

    /// First sentence of its page in Chinese.
    pub(crate) fn intro_zh(self) -> &'static str {
        match self {
            Kind::Reader => "读取器按内容识别一类证据，并说出其中有什么。",
            Kind::Detector => "检测器把观察到的事实变成关于主机的发现，每条发现都有权重和理由。",
            Kind::Renderer => "输出格式把一个案件变成一种文本；用 `--format` 选择。",
        }
    }

    /// The modules its registry lists, in the order of the lines.
    pub(crate) fn modules(self, tree: &Tree) -> Vec<String> {
        let registry = tree.text(&format!("{}mod.rs", self.folder())).unwrap_or_default();
        let lines = registry.split_once("registry!").map_or("", |(_, after)| after);
        let table = lines.split_once("= [").and_then(|(_, after)| after.split_once("];"));
        let modules = table.map_or("", |(modules, _)| modules).split(',').map(str::trim);
        modules.filter(|module| !module.is_empty()).map(str::to_owned).collect()
    }
}
