"""The command line -> a script with which bash completes it: commands, options, slugs, files."""

from __future__ import annotations

import argparse
import shlex
from collections.abc import Mapping, Sequence
from types import MappingProxyType

NOTHING: Mapping[str, Sequence[str]] = MappingProxyType({})
#: What is completed where no option is: texts of the project, and files.
SCRIPT = """\
# Completion of `bitext` for bash, made by `bitext completion`. In ~/.bashrc:
#   eval "$(bitext completion)"
# zsh: first `autoload -U compinit bashcompinit && compinit && bashcompinit`.
_bitext() {{
  local word=${{COMP_WORDS[COMP_CWORD]}} before=${{COMP_WORDS[COMP_CWORD-1]}} command=${{COMP_WORDS[1]}} found=
  COMPREPLY=()
  if [ "$COMP_CWORD" -eq 1 ]; then
    found={commands}
  else
    case "$command $before" in
{values}
    esac
    if [ -z "$found" ]; then
      case "$command" in
{options}
      esac
      case "$word" in
        -*) ;;
        *) found=; [ "$command" = export ] && found="glossary $(ls data/transcripts 2>/dev/null)" ;;
      esac
    fi
  fi
  local IFS=$' \\n'
  COMPREPLY=($(compgen -W "$found" -- "$word"))
  [ "${{#COMPREPLY[@]}}" -gt 0 ] || COMPREPLY=($(compgen -f -- "$word"))
}}
complete -o filenames -F _bitext bitext
"""


def script(parser: argparse.ArgumentParser, more: Mapping[str, Sequence[str]] = NOTHING) -> str:
    """The script: what the parser knows is completed, and `more` values, by command and option."""
    commands = commands_of(parser)
    options = [
        f"        {name}) found={shlex.quote(' '.join(_flags(command)))} ;;"
        for name, command in commands.items()
    ]
    known = {
        f"{name} {flag}": list(map(str, action.choices))
        for name, command in commands.items()
        for action in command._actions
        if action.choices
        for flag in action.option_strings
    } | dict(more)
    values = [
        f"      {shlex.quote(words)}) found={shlex.quote(' '.join(found))} ;;"
        for words, found in known.items()
    ]
    return SCRIPT.format(
        commands=shlex.quote(" ".join([*commands, *_flags(parser)])),
        options="\n".join(options),
        values="\n".join(values),
    )


def commands_of(parser: argparse.ArgumentParser) -> dict[str, argparse.ArgumentParser]:
    """The commands by name."""
    [found] = [a for a in parser._actions if isinstance(a, argparse._SubParsersAction)]
    return dict(found.choices)


def _flags(parser: argparse.ArgumentParser) -> list[str]:
    return [flag for action in parser._actions for flag in action.option_strings]
