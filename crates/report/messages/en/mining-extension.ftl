# mining-extension

mining-extension-summary = browser extensions that mine, named in requests for updates
mining-extension-installed = asked for updates of { $extension } ({ $id }), a browser extension that mines
mining-extension-at = asks for updates of { $extension }
