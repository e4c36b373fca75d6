namespace Weir.Models.Jinja;

/// <summary>Attributes, items and calls of values, as the sandbox allows them.</summary>
internal static class Access
{
    /// <summary><c>value.name</c>: an attribute, else an item of that name, else undefined.</summary>
    public static object? Attribute(object? value, string name)
    {
        if (value is Undefined undefined)
            throw undefined.Fail();
        if (TryAttribute(value, name, out var found) || TryItem(value, name, out found))
            return found;
        return Undefined.Member(value, name);
    }

    /// <summary><c>value[key]</c>: an item, else an attribute of that name, else undefined.</summary>
    public static object? Item(object? value, object? key)
    {
        if (value is Undefined undefined)
            throw undefined.Fail();
        if (key is SliceBounds slice)
            return Slicing.Of(value, slice);
        if (TryItem(value, key, out var found) || (key is string name && TryAttribute(value, name, out found)))
            return found;
        return Undefined.Member(value, key);
    }

    public static object? Call(object? callee, Arguments arguments) => callee switch
    {
        Undefined undefined => throw undefined.Fail(),
        IJinjaCallable callable => Native.From(callable.Call(arguments)),
        _ => throw new JinjaException(JinjaErrorKind.Type, $"'{TypeNames.Of(callee)}' object is not callable"),
    };

    public static bool TryAttribute(object? value, string name, out object? found)
    {
        if (value is IJinjaObject special)
        {
            if (!special.TryGetAttribute(name, out found))
                return false;
            found = Native.From(found);
            return true;
        }
        if (name.Length > 4 && name.StartsWith("__", StringComparison.Ordinal) && name.EndsWith("__", StringComparison.Ordinal))
        {
            found = Undefined.Unsafe(value, name);
            return true;
        }
        return Members.TryGet(value, name, out found);
    }

    private static bool TryItem(object? value, object? key, out object? found)
    {
        found = null;
        switch (value)
        {
            case JinjaDict dict:
                return key is not (List<object?> or JinjaDict) && dict.TryGetValue(key, out found);
            case IReadOnlyList<object?> list when key is long or bool:
                return TryIndex(list.Count, key, out var index) && Give(list[index], out found);
            case string text when key is long or bool:
                return TryIndex(CodePoints.Count(text), key, out var place) && Give(CodePoints.At(text, place), out found);
            case IJinjaObject special:
                return special.TryGetItem(key, out found) && Give(Native.From(found), out found);
            default:
                return false;
        }
    }

    private static bool TryIndex(int count, object? key, out int index)
    {
        index = Numbers.ToIndex(key);
        if (index < 0)
            index += count;
        return index >= 0 && index < count;
    }

    private static bool Give(object? value, out object? found)
    {
        found = value;
        return true;
    }
}
