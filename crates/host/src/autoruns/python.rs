//! What every start of Python runs: `.pth` lines that import, `sitecustomize`, `usercustomize`.
//!
//! Source: docs.python.org, `site`: lines of a `.pth` file that begin with `import` and a blank are executed.

use super::look::{Draft, Look, Spot, What};
use super::places;
use std::path::{Path, PathBuf};

pub(super) fn read(look: &mut Look<'_>) {
    let homes: Vec<PathBuf> = look.homes.iter().map(|home| home.path.join(".local/lib")).collect();
    let system = ["/usr/lib", "/usr/lib64", "/usr/local/lib", "/usr/local/lib64", "/etc"].map(PathBuf::from);
    for library in system.into_iter().chain(homes) {
        let pythons = look.members(&library).into_iter().map(|(path, _)| path);
        let is_python = |path: &PathBuf| {
            path.file_name().is_some_and(|name| name.to_string_lossy().starts_with("python"))
        };
        let pythons: Vec<PathBuf> = pythons.filter(is_python).collect();
        for python in pythons {
            for folder in [python.clone(), python.join("dist-packages"), python.join("site-packages")] {
                if look.view.meta_of_target(&folder).is_ok_and(|meta| meta.kind == sys::Kind::Folder) {
                    packages(look, &folder);
                }
            }
        }
    }
}

fn packages(look: &mut Look<'_>, folder: &Path) {
    for path in look.files(folder) {
        let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
        let customizes = matches!(name.as_str(), "sitecustomize.py" | "usercustomize.py");
        if !(customizes || name.ends_with(".pth")) || !look.is_new(&path) {
            continue;
        }
        let spot = Spot { mechanism: places::PYTHON, path: path.clone(), user: None, home: None };
        if customizes {
            let runs = path.to_string_lossy();
            let draft = Draft { when: Some("every Python"), ..Draft::new(&runs, What::File(&path)) };
            look.entry(&spot, &draft);
            continue;
        }
        let Some(text) = look.text(&path) else { continue };
        for (line, number) in text.split('\n').zip(1..) {
            let line = line.trim_end();
            if !line.starts_with("import ") && !line.starts_with("import\t") {
                continue;
            }
            // What is imported from beside the file is what runs.
            let module = line[6..].split([';', ',']).next().unwrap_or_default().trim().replace('.', "/");
            let beside = [folder.join(format!("{module}.py")), folder.join(&module).join("__init__.py")];
            let file = beside.into_iter().find(|path| look.view.meta(path).is_ok());
            let base = Draft {
                line: Some(number),
                when: Some("every Python"),
                ..Draft::new(line, What::Program(line))
            };
            match file {
                Some(file) => look.entry(&spot, &Draft { what: What::File(&file), ..base }),
                None => look.entry(&spot, &base),
            }
        }
    }
}
