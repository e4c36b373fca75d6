using Weir.Models.Jinja;
using Weir.Models.Project;

namespace Weir.Models.Context;

/// <summary><c>config(…)</c>: while parsing it notes settings; <c>config.get</c> reads the node's.</summary>
internal sealed class ConfigFunction(ConfigKeys keys, Action<string, object?> note, Func<string, object?> read) : IJinjaCallable, IJinjaObject
{
    public string TypeName => "config";

    public object? Call(Arguments arguments)
    {
        foreach (var map in arguments.Positional.Select(Plain.From).OfType<IReadOnlyDictionary<string, object?>>())
        {
            foreach (var (key, value) in map)
                Note(key, value);
        }

        foreach (var (key, value) in arguments.Named)
            Note(key, Plain.From(value));
        return "";
    }

    public bool TryGetAttribute(string name, out object? value)
    {
        value = name switch
        {
            "get" => new Function("config.get", arguments => read(arguments.GetText(0, "name")) ?? arguments.Get(1, "default")),
            "require" => new Function("config.require", arguments => read(arguments.GetText(0, "name"))
                ?? throw Refuse.With("WEIR7020", $"config.require('{arguments.GetText(0, "name")}'): the node has no such setting.")),
            _ => null,
        };
        return value is not null;
    }

    private void Note(string key, object? value)
    {
        if (keys.Wrong(key, value) is { } wrong)
            throw Refuse.With(wrong.Code, wrong.Message);
        note(key, value);
    }
}
