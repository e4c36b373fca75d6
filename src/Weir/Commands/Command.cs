using System.CommandLine;
using Weir.DuckDb;
using Weir.Output;

namespace Weir.Commands;

/// <summary>How every command runs: errors as sentences with a code, Ctrl-C as an exit code.</summary>
internal static class CommandExtensions
{
    public static Command Does(this Command command, Func<ParseResult, CancellationToken, Task<int>> action)
    {
        command.SetAction(async (result, cancellationToken) =>
        {
            try
            {
                return await action(result, cancellationToken);
            }
            catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
            {
                return ExitCodes.Cancelled;
            }
            catch (Exception error)
            {
                var coded = Coded(error);
                People.Error(coded);
                return ExitCodes.Of(coded);
            }
        });
        return command;
    }

    /// <summary>Whatever happens has a code: a stack trace says nothing to a person.</summary>
    private static WeirException Coded(Exception error) => error switch
    {
        WeirException weir => weir,
        DuckDBException => new WeirException("WEIR8103", $"The engine refused: {error.Message}", error),
        IOException or UnauthorizedAccessException => new WeirException("WEIR1005",
            $"The disk refused: {error.Message} Check the folder's space and permissions; what was acknowledged stays, run the command again.", error),
        _ => new WeirException("WEIR1015", $"Something that Weir did not foresee: {error.GetType().Name}: {error.Message} What was acknowledged or committed stays. Please report it, with this: {error.StackTrace?.Split('\n')[0].Trim()}", error),
    };

    public static Command With(this Command command, params IEnumerable<Symbol> symbols)
    {
        foreach (var symbol in symbols)
        {
            if (symbol is Option option) command.Options.Add(option);
            else if (symbol is Argument argument) command.Arguments.Add(argument);
        }
        return command;
    }
}
