using System.CommandLine;

namespace Retort.Cli;

/// <summary><c>retort completion</c>: the lines that teach a shell to complete the command; the words come from System.CommandLine's directive <c>[suggest]</c>.</summary>
internal sealed class CompletionCommand : Command
{
    private static readonly Dictionary<string, string> Scripts = new(StringComparer.Ordinal)
    {
        ["bash"] = """
            # eval "$(retort completion bash)"
            _retort() {
              local IFS=$'\n'
              COMPREPLY=($(compgen -W "$(retort "[suggest:$COMP_POINT]" "$COMP_LINE" 2>/dev/null)" -- "${COMP_WORDS[COMP_CWORD]}"))
            }
            complete -o default -F _retort retort

            """,
        ["zsh"] = """
            # eval "$(retort completion zsh)"
            _retort() {
              local -a found
              found=("${(@f)$(retort "[suggest:$CURSOR]" "$BUFFER" 2>/dev/null)}")
              compadd -a found || _files
            }
            compdef _retort retort

            """,
        ["fish"] = """
            # retort completion fish | source
            complete -c retort -a '(retort "[suggest:"(string length -- (commandline -cp))"]" (commandline -cp) 2>/dev/null)'

            """,
        ["pwsh"] = """
            # retort completion pwsh | Out-String | Invoke-Expression
            Register-ArgumentCompleter -Native -CommandName retort -ScriptBlock {
              param($word, $line, $position)
              retort "[suggest:$position]" "$line" | ForEach-Object { [System.Management.Automation.CompletionResult]::new($_, $_, 'ParameterValue', $_) }
            }

            """,
    };

    /// <summary>The command.</summary>
    public CompletionCommand(TextWriter output)
        : base("completion", "Print what a shell needs to complete this command, such as: eval \"$(retort completion bash)\"")
    {
        var shell = new Argument<string>("SHELL") { Description = "bash, zsh, fish or pwsh." };
        shell.AcceptOnlyFromAmong([.. Scripts.Keys]);
        Arguments.Add(shell);
        SetAction(parsed =>
        {
            output.Write(Scripts[parsed.GetValue(shell)!]);
            return 0;
        });
    }
}
