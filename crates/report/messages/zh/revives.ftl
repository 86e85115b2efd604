# revives

revives-summary = 使可疑对象重新启动的项目
revives-suspect = { $path } 中的 { $mechanism } 项会重新启动 { $process }（pid { $pid }）
revives-entry = { $runs }
