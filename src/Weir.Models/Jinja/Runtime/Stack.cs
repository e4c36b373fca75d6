using System.Runtime.CompilerServices;

namespace Weir.Models.Jinja;

/// <summary>Turns endless recursion into an error before the process runs out of stack.</summary>
internal static class Stack
{
    public static void Check()
    {
        if (!RuntimeHelpers.TryEnsureSufficientExecutionStack())
            throw new JinjaException(JinjaErrorKind.Recursion, "maximum recursion depth exceeded");
    }
}
