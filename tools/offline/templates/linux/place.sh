# Where it lives: as the environment says, or a note of an install elsewhere; else in the usual home.
KPIREPORT_NOTE="$HOME/.local/share/kpireport/home.txt"
noted=$(cat -- "$KPIREPORT_NOTE" 2>/dev/null)
KPIREPORT_HOME="${KPIREPORT_HOME:-${noted:-${XDG_DATA_HOME:-$HOME/.local/share}/kpireport}}"
export KPIREPORT_HOME KPIREPORT_NOTE
