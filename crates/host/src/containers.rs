//! What a container is called: read from its runtime's files, no runtime is asked.

use crate::View;
use parse::autoruns::container::called;
use std::path::PathBuf;

/// The longest such file; one of docker has 10 kB.
const FILE: usize = 1 << 20;

/// `web (nginx:1.25), service web of shop`, where a runtime's file says so.
pub(crate) fn describe(view: &mut dyn View, id: &str) -> Option<String> {
    let places = [
        format!("/var/lib/docker/containers/{id}/config.v2.json"),
        format!("/run/containerd/io.containerd.runtime.v2.task/k8s.io/{id}/config.json"),
        format!("/run/containerd/io.containerd.runtime.v2.task/default/{id}/config.json"),
        format!("/run/k3s/containerd/io.containerd.runtime.v2.task/k8s.io/{id}/config.json"),
        format!("/var/lib/containers/storage/overlay-containers/{id}/userdata/config.json"),
        format!("/run/containers/storage/overlay-containers/{id}/userdata/config.json"),
    ];
    places.into_iter().map(PathBuf::from).find_map(|path| {
        let called = called(&view.read(&path, FILE).ok()?.bytes)?;
        let mut said = called.name;
        if !called.image.is_empty() {
            said = format!("{said} ({})", called.image);
        }
        if !called.part_of.is_empty() {
            said = format!("{said}, {}", called.part_of);
        }
        Some(said.trim_start().to_owned())
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Memory;

    #[test]
    fn names_by_docker_and_by_kubernetes() {
        let id = "0123456789abcdef".repeat(4);
        let mut memory = Memory::default();
        memory.file(
            format!("/var/lib/docker/containers/{id}/config.v2.json"),
            r#"{"Name":"/shop-web-1","Config":{"Image":"nginx:1.25","Labels":{"com.docker.compose.project":"shop","com.docker.compose.service":"web"}}}"#,
        );
        let said = describe(&mut memory, &id);
        assert_eq!(said.as_deref(), Some("shop-web-1 (nginx:1.25), service web of shop"));
        let mut memory = Memory::default();
        memory.file(
            format!("/run/containerd/io.containerd.runtime.v2.task/k8s.io/{id}/config.json"),
            r#"{"annotations":{"io.kubernetes.cri.container-name":"app","io.kubernetes.cri.image-name":"registry.example/app:2","io.kubernetes.cri.sandbox-name":"app-7f"}}"#,
        );
        let said = describe(&mut memory, &id);
        assert_eq!(said.as_deref(), Some("app (registry.example/app:2), pod app-7f"));
        assert_eq!(describe(&mut memory, "none"), None);
        let mut broken = Memory::default();
        broken.file(format!("/var/lib/docker/containers/{id}/config.v2.json"), "[]");
        assert_eq!(describe(&mut broken, &id), None);
    }
}
