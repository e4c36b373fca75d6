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
            catch (WeirException error)
            {
                People.Error(error);
                return ExitCodes.Of(error);
            }
            catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
            {
                return ExitCodes.Cancelled;
            }
            catch (DuckDBException error)
            {
                People.Error(new WeirException("WEIR8103", $"The engine refused: {error.Message}", error));
                return ExitCodes.Failed;
            }
            catch (Exception error) when (error is IOException or UnauthorizedAccessException)
            {
                People.Error(new WeirException("WEIR1005", $"The disk refused: {error.Message} Check the folder's space and permissions; what was acknowledged stays, run the command again.", error));
                return ExitCodes.Failed;
            }
        });
        return command;
    }

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
