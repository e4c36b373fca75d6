using System.Text.Json;

namespace Weir.Land.Evaluate;

/// <summary>Members named with dots: <c>customer.address.city</c>. A member whose own name has the dots comes first.</summary>
internal static class NestedMembers
{
    public static (JsonValue Value, string Path) Find(JsonMembers members, string dotted)
    {
        while (true)
        {
            var path = $"{members.Path}.{dotted}"; // a declared name: safe to show
            var value = members[dotted];
            var dot = dotted.IndexOf('.');
            if (value.Kind != JsonTokenType.None || dot < 0) return (value, path);
            var parent = members[dotted[..dot]];
            if (parent.Kind != JsonTokenType.StartObject) return (default, path);
            members = JsonMembers.Read(parent.Text, $"{members.Path}.{dotted[..dot]}");
            dotted = dotted[(dot + 1)..];
        }
    }
}
