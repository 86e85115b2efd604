//! Containers that start by themselves: docker's restart policies, podman's quadlets, static pods of kubernetes.
//! What they run lies in their own root, so it is no file of the machine.

use super::look::{Draft, Look, Spot, What};
use super::places;
use parse::autoruns::{container, unit};
use std::path::Path;

const DOCKER: &str = "/var/lib/docker/containers";
const QUADLETS: [&str; 2] = ["/etc/containers/systemd", "/usr/share/containers/systemd"];
const MANIFESTS: [&str; 3] =
    ["/etc/kubernetes/manifests", "/etc/kubelet.d", "/var/lib/rancher/k3s/agent/pod-manifests"];

pub(super) fn read(look: &mut Look<'_>) {
    for (folder, _) in look.members(Path::new(DOCKER)) {
        docker(look, &folder);
    }
    let homes = look.homes.iter().map(|home| home.path.join(".config/containers/systemd"));
    let folders: Vec<_> = QUADLETS.iter().map(Into::into).chain(homes).collect();
    for folder in folders {
        for path in look.files(&folder) {
            if path.extension().is_some_and(|extension| extension == "container") {
                quadlet(look, &path);
            }
        }
    }
    for folder in MANIFESTS {
        for path in look.files(Path::new(folder)) {
            pod(look, &path);
        }
    }
}

fn spot(mechanism: &'static str, path: &Path) -> Spot {
    Spot { mechanism, path: path.to_path_buf(), user: None, home: None }
}

fn docker(look: &mut Look<'_>, folder: &Path) {
    let host = folder.join("hostconfig.json");
    if look.view.meta(&host).is_err() {
        return;
    }
    let Some(policy) = look.bytes(&host).and_then(|bytes| container::restarts(&bytes)) else { return };
    let path = folder.join("config.v2.json");
    let Some(found) = look.bytes(&path).and_then(|bytes| container::docker(&bytes)) else { return };
    let runs = format!("{} ({}): {}", found.name, found.image, found.command.join(" "));
    let when = format!("restart {policy}");
    let draft = Draft { when: Some(&when), ..Draft::new(&runs, What::Elsewhere(&found.command)) };
    look.entry(&spot(places::CONTAINER, &path), &draft);
}

/// podman-systemd.unit(5).
fn quadlet(look: &mut Look<'_>, path: &Path) {
    let Some(text) = look.text(path) else { return };
    let settings = unit::settings(&text);
    let value = |key: &str| settings.iter().find(|one| one.section == "Container" && one.key == key);
    let Some(image) = value("Image") else { return };
    let exec = value("Exec").map_or("", |one| one.value.as_str());
    let words: Vec<String> = unit::commands(exec).into_iter().flat_map(|one| one.words).collect();
    let runs = format!("{} {exec}", image.value);
    let starts = settings.iter().any(|one| one.section == "Install");
    let draft = Draft {
        line: Some(image.line),
        when: starts.then_some("boot"),
        ..Draft::new(&runs, What::Elsewhere(&words))
    };
    look.entry(&spot(places::CONTAINER, path), &draft);
}

fn pod(look: &mut Look<'_>, path: &Path) {
    let Some(text) = look.text(path) else { return };
    for one in container::pod(&text) {
        let runs = format!("{} {}", one.image, one.command.join(" "));
        let draft = Draft {
            line: Some(one.line),
            when: Some("boot"),
            ..Draft::new(&runs, What::Elsewhere(&one.command))
        };
        look.entry(&spot(places::POD, path), &draft);
    }
}
