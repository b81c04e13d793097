# Where it lives: as the environment says, or a note of an install elsewhere; else in the usual home.
KPIREPORT_NOTE="$HOME/.local/share/kpireport/home.txt"
if [ -z "${KPIREPORT_HOME:-}" ] && [ -r "$KPIREPORT_NOTE" ]; then
  KPIREPORT_HOME=$(cat -- "$KPIREPORT_NOTE")
fi
KPIREPORT_HOME="${KPIREPORT_HOME:-${XDG_DATA_HOME:-$HOME/.local/share}/kpireport}"
export KPIREPORT_HOME KPIREPORT_NOTE
