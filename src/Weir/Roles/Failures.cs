using Weir.DuckDb;

namespace Weir.Roles;

/// <summary>What a role tells and survives: it tries again, and the other roles go on. Anything else is a fault of the program.</summary>
internal static class Failures
{
    public static bool IsSurvived(Exception error) => error is WeirException or IOException or UnauthorizedAccessException or DuckDBException;
}
