using System.Numerics;

namespace Weir.Models.Jinja;

/// <summary>The methods and attributes of built-in types.</summary>
internal static class Members
{
    public static bool TryGet(object? value, string name, out object? found)
    {
        found = value switch
        {
            string text => Bind(value, name, StringMethods.All, text) ?? Bind(value, name, StringSearchMethods.All, text),
            List<object?> list => Bind(value, name, ListMethods.All, list),
            JinjaDict dict => Bind(value, name, DictMethods.All, dict),
            Group group => name switch { "grouper" => new Box(group.Grouper), "list" => group.List, _ => Bind(value, name, SequenceMethods.All, group) },
            IReadOnlyList<object?> sequence => Bind(value, name, SequenceMethods.All, sequence),
            long or bool or BigInteger => NumberMethods.OfInteger(value, name),
            double number => NumberMethods.OfFloat(number, name),
            _ => null,
        };
        if (found is null)
            return false;
        if (found is Box box)
            found = box.Value;
        return true;
    }

    private static BoundMethod? Bind<T>(object? value, string name, Dictionary<string, Func<T, Arguments, object?>> methods, T self) =>
        methods.TryGetValue(name, out var method) ? new BoundMethod(value, name, (_, arguments) => method(self, Arity.Check(name, arguments))) : null;

    /// <summary>Keeps an attribute that is none apart from an attribute that is not there.</summary>
    private sealed record Box(object? Value);
}
