using System.Text;

namespace Weir.Land.Evaluate;

/// <summary>Writes the <c>context</c> and <c>properties</c> columns from what was sent, each value as sent.</summary>
internal static class ObjectText
{
    /// <summary>
    /// An object's text as sent, with further members added. Where a name is taken, the same value is not repeated and another one gets <c>_</c> before its name,
    /// so that nothing is lost. Null: there is no object and nothing to add.
    /// </summary>
    public static string? Merge(JsonMembers sent, IReadOnlyList<JsonMember> added)
    {
        if (added.Count == 0) return ReferenceEquals(sent, JsonMembers.None) ? null : Encoding.UTF8.GetString(sent.Text.Span);
        var taken = sent.All.ToDictionary(m => m.Name, m => m.Value, StringComparer.Ordinal);
        var text = new StringBuilder(Encoding.UTF8.GetString(sent.Text.Span.TrimEnd(" \t\r\n"u8)[..^1]));
        foreach (var member in added)
        {
            var (name, prefix) = (member.Name, "");
            while (taken.TryGetValue(name, out var other) && !other.Text.Span.SequenceEqual(member.Value.Text.Span)) (name, prefix) = ($"_{name}", $"_{prefix}");
            if (!taken.TryAdd(name, member.Value)) continue;
            if (taken.Count > 1) text.Append(',');
            text.Append('"').Append(prefix).Append(Encoding.UTF8.GetString(member.NameText.Span[1..])).Append(':').Append(member.Value.GetText());
        }
        return text.Append('}').ToString();
    }

    /// <summary>An object without a member.</summary>
    public static JsonMembers Without(JsonMembers sent, string name)
    {
        if (sent[name].Kind == default) return sent;
        var others = sent.All.Where(m => m.Name != name).ToList();
        return JsonMembers.Read(Encoding.UTF8.GetBytes(Merge(new JsonMembers(sent.Path, "{}"u8.ToArray(), []), others) ?? "{}"), sent.Path);
    }

    /// <summary>An object with the members of another that it does not have itself.</summary>
    public static JsonMembers WithDefaults(JsonMembers sent, JsonMembers defaults)
    {
        if (defaults.All.Count == 0) return sent;
        if (sent.All.Count == 0) return defaults;
        var missing = defaults.All.Where(d => sent[d.Name].Kind == default).ToList();
        if (missing.Count == 0) return sent;
        var text = Encoding.UTF8.GetBytes(Merge(sent, missing)!);
        return JsonMembers.Read(text, sent.Path);
    }
}
