using Weir.DuckDb;

namespace Weir.Roles;

/// <summary>What a role tells and survives: it tries again, and the other roles go on. Anything else is a fault of the program.</summary>
internal static class Failures
{
    public static bool IsSurvived(Exception error) => error is WeirException or IOException or UnauthorizedAccessException or DuckDBException;

    /// <summary>For people: the message, with its code if it has one.</summary>
    public static string Sentence(Exception error) => error is WeirException weir ? $"{weir.Code} {weir.Message}" : error.Message;
}
