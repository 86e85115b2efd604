//! Containers that start by themselves: the state files of docker and podman's libpod kin, and manifests of pods.
//!
//! Grammar: moby/moby `container/container.go` (config.v2.json: Path, Args, Name, Config.Image) and
//! `api/types/container/hostconfig.go` (RestartPolicy.Name, Privileged). kubernetes.io, "Create static Pods": YAML, of
//! which only the indentation of `image`, `command` and `args` is read.

use crate::mining::json::Value;

/// A container of docker.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Container {
    /// What it is called.
    pub name: String,
    /// The image it was made from.
    pub image: String,
    /// The words it runs.
    pub command: Vec<String>,
    /// Variables of its environment.
    pub environment: Vec<String>,
}

/// Most words of a command.
const WORDS: usize = 256;

/// A `config.v2.json`.
#[must_use]
pub fn docker(bytes: &[u8]) -> Option<Container> {
    let root = Value::of(bytes).filter(|root| root.is_object())?;
    let text = |value: Option<Value<'_>>| value.and_then(Value::text).unwrap_or_default().into_owned();
    let list = |value: Option<Value<'_>>| -> Vec<String> {
        let items = value.filter(|value| value.is_array());
        items.map_or(Vec::new(), |value| {
            value.items().take(WORDS).filter_map(|item| Some(item.text()?.into_owned())).collect()
        })
    };
    let config = root.member("Config");
    let mut command = vec![text(root.member("Path"))];
    command.extend(list(root.member("Args")));
    command.retain(|word| !word.is_empty());
    Some(Container {
        name: text(root.member("Name")).trim_start_matches('/').to_owned(),
        image: text(config.and_then(|config| config.member("Image"))),
        command,
        environment: list(config.and_then(|config| config.member("Env"))),
    })
}

/// What a container is called, by its runtime's own file.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Called {
    /// Its name.
    pub name: String,
    /// Its image.
    pub image: String,
    /// The service of a compose project, or the pod, that it belongs to.
    pub part_of: String,
}

/// From a `config.v2.json` of docker or a `config.json` of an OCI runtime (containerd, CRI-O): names stand in labels and
/// annotations.
///
/// Sources: moby `container/container.go`; docker/compose `pkg/api/labels.go`; kubernetes `pkg/kubelet/types/labels.go`;
/// containerd `internal/cri/annotations/annotations.go`; cri-o `pkg/annotations`; OCI runtime specification, `config.md`.
#[must_use]
pub fn called(bytes: &[u8]) -> Option<Called> {
    let root = Value::of(bytes).filter(|root| root.is_object())?;
    let docker = docker(bytes)?;
    let labels = root.member("Config").and_then(|config| config.member("Labels"));
    let notes = root.member("annotations");
    let first = |names: &[&str]| -> String {
        let sources = [labels, notes].into_iter().flatten();
        let mut found =
            sources.flat_map(|source| names.iter().filter_map(move |name| source.member(name)?.text()));
        found.next().map(std::borrow::Cow::into_owned).unwrap_or_default()
    };
    let name = first(&[
        "io.kubernetes.container.name",
        "io.kubernetes.cri.container-name",
        "io.kubernetes.cri-o.ContainerName",
    ]);
    let image = first(&["io.kubernetes.cri.image-name", "io.kubernetes.cri-o.ImageName"]);
    let pod = first(&["io.kubernetes.pod.name", "io.kubernetes.cri.sandbox-name"]);
    let service = first(&["com.docker.compose.service"]);
    let called = Called {
        name: if name.is_empty() { docker.name } else { name },
        image: if image.is_empty() { docker.image } else { image },
        part_of: match (pod.is_empty(), service.is_empty()) {
            (false, _) => format!("pod {pod}"),
            (true, false) => format!("service {service} of {}", first(&["com.docker.compose.project"])),
            _ => String::new(),
        },
    };
    (called != Called::default()).then_some(called)
}

/// The restart policy of a `hostconfig.json`, where it starts the container by itself.
#[must_use]
pub fn restarts(bytes: &[u8]) -> Option<String> {
    let root = Value::of(bytes).filter(|root| root.is_object())?;
    let name = root.member("RestartPolicy")?.member("Name")?.text()?;
    matches!(&*name, "always" | "unless-stopped" | "on-failure").then(|| name.into_owned())
}

/// A container of a pod.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct PodContainer {
    /// The line of its image, from 1.
    pub line: u64,
    /// The image.
    pub image: String,
    /// The words of its command and arguments.
    pub command: Vec<String>,
}

/// The containers of a manifest.
#[must_use]
pub fn pod(text: &str) -> Vec<PodContainer> {
    let mut found: Vec<PodContainer> = Vec::new();
    let mut pending: Vec<String> = Vec::new();
    let mut list = false;
    for (line, number) in text.split('\n').zip(1..) {
        let plain = line.trim();
        let item = plain.strip_prefix("- ").unwrap_or(plain).trim();
        let value = |key: &str| item.strip_prefix(key).map(|rest| unquoted(rest.trim()));
        if plain.is_empty() || plain.starts_with('#') {
            continue;
        }
        if let Some(image) = value("image:") {
            let command = std::mem::take(&mut pending);
            found.push(PodContainer { line: number, image, command });
            list = false;
        } else if let Some(words) = value("command:").or_else(|| value("args:")) {
            let mut flow = flow_list(&words);
            list = flow.is_empty();
            keep(&mut found, &mut pending, &mut flow, plain.starts_with("- "));
        } else if list && plain.starts_with('-') {
            let word = unquoted(plain.trim_start_matches('-').trim());
            keep(&mut found, &mut pending, &mut vec![word], false);
        } else {
            list = false;
            if plain.starts_with("- name:") {
                // A command before the image belongs to what follows.
                pending.clear();
            }
        }
    }
    found
}

/// Words of a command go to the last container, or to the one whose image is still to come.
fn keep(found: &mut [PodContainer], pending: &mut Vec<String>, words: &mut Vec<String>, new: bool) {
    let target = match found.last_mut() {
        Some(last) if !new && pending.is_empty() => &mut last.command,
        _ => pending,
    };
    let room = WORDS.saturating_sub(target.len());
    words.truncate(room);
    target.append(words);
}

fn flow_list(text: &str) -> Vec<String> {
    let inner = text.strip_prefix('[').map(|rest| rest.trim_end_matches(']'));
    inner.map_or(Vec::new(), |inner| {
        inner.split(',').map(|word| unquoted(word.trim())).filter(|word| !word.is_empty()).collect()
    })
}

fn unquoted(text: &str) -> String {
    text.trim_matches(['"', '\'']).to_owned()
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a failing test may panic")]
    use super::*;

    #[test]
    fn containers_of_docker() {
        let text = br#"{"Path":"/entry.sh","Args":["-o","pool.example:3333"],"Name":"/db","Config":{"Image":"a/b:1","Env":["A=b"]}}"#;
        let found = docker(text).unwrap();
        assert_eq!((found.name.as_str(), found.image.as_str()), ("db", "a/b:1"));
        assert_eq!(found.command, ["/entry.sh", "-o", "pool.example:3333"]);
        assert_eq!(restarts(br#"{"RestartPolicy":{"Name":"always"}}"#).as_deref(), Some("always"));
        assert_eq!(restarts(br#"{"RestartPolicy":{"Name":"no"}}"#), None);
        assert_eq!(docker(b"[]"), None);
    }

    #[test]
    fn containers_of_a_pod() {
        let text = "apiVersion: v1\nspec:\n  containers:\n  - name: a\n    image: x/y:1\n    command:\n    - /bin/sh\n    - -c\n    - \"/opt/a -b\"\n    resources: {}\n  - name: b\n    image: 'z'\n    args: [\"-o\", \"p\"]\n";
        let found = pod(text);
        assert_eq!(found.len(), 2);
        assert_eq!((found[0].line, found[0].image.as_str()), (5, "x/y:1"));
        assert_eq!(found[0].command, ["/bin/sh", "-c", "/opt/a -b"]);
        assert_eq!(found[1].command, ["-o", "p"]);
    }
}
