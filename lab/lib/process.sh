# shellcheck shell=bash disable=SC2154  # dir: set by use_dir in common.sh
# Processes of a lab directory ($dir): started with a file that names them, ended by that file and never by name.

started_at() {
    # Field 22 of stat, counted after the name, which may hold blanks.
    sed 's/.*) //' "/proc/$1/stat" 2>/dev/null | cut -d' ' -f20
}

# start_process NAME COMMAND...: runs it in the background, output in log/NAME.log.
start_process() {
    local name=$1
    shift
    if process_runs "$name"; then die "$name runs already"; fi
    rm -f "$dir/run/$name.pid"
    # shellcheck disable=SC2016  # for the inner shell
    setsid sh -c 'echo $$ >"$0.new" && mv "$0.new" "$0" && exec "$@"' "$dir/run/$name.pid" "$@" \
        </dev/null >>"$dir/log/$name.log" 2>&1 &
    disown
    wait_until 10 "$name to start" test -s "$dir/run/$name.pid"
    local pid
    pid=$(cat "$dir/run/$name.pid")
    # The start time tells this process from a later one with the same id.
    started_at "$pid" >"$dir/run/$name.since" || true
}

process_id() {
    local pid
    pid=$(cat "$dir/run/$1.pid" 2>/dev/null) || return 1
    [[ $(started_at "$pid") == "$(cat "$dir/run/$1.since" 2>/dev/null)" && -e /proc/$pid ]] || return 1
    # Ended, but not yet waited for.
    [[ $(sed 's/.*) //' "/proc/$pid/stat" 2>/dev/null | cut -d' ' -f1) != Z ]] || return 1
    echo "$pid"
}

process_runs() {
    process_id "$1" >/dev/null
}

# stop_process NAME [SIGNAL]: TERM (or SIGNAL), up to 10 seconds of patience, then KILL.
stop_process() {
    local pid deadline=$((SECONDS + 10))
    if pid=$(process_id "$1"); then
        # The whole group: start_process made the process the leader of one.
        kill -s "${2:-TERM}" -- "-$pid" 2>/dev/null || true
        while process_runs "$1"; do
            if ((SECONDS >= deadline)); then kill -KILL -- "-$pid" 2>/dev/null || true; fi
            sleep 0.02
        done
    fi
    rm -f "$dir/run/$1.pid" "$dir/run/$1.since"
}

# All processes of the directory, the ones started last first.
stop_all_processes() {
    local file
    while read -r file; do
        stop_process "$(basename "$file" .pid)"
    done < <(find "$dir/run" -name '*.pid' -printf '%T@ %p\n' | sort -rn | cut -d' ' -f2-)
}

# wait_until SECONDS WHAT COMMAND...: asks every 50 ms until the command succeeds.
wait_until() {
    local deadline=$((SECONDS + $1)) what=$2
    shift 2
    until "$@" >/dev/null 2>&1; do
        if ((SECONDS > deadline)); then
            say "waited in vain for $what"
            return 1
        fi
        sleep 0.05
    done
}

# wait_ready SECONDS NAME COMMAND...: the same for a process, whose log is shown when it dies or is too late.
wait_ready() {
    local deadline=$((SECONDS + $1)) name=$2
    shift 2
    until "$@" >/dev/null 2>&1; do
        if ! process_runs "$name" || ((SECONDS > deadline)); then
            say "$name is not ready; the end of $dir/log/$name.log:"
            tail -n 15 "$dir/log/$name.log" >&2
            return 1
        fi
        sleep 0.05
    done
}
