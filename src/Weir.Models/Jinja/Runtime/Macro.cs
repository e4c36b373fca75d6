namespace Weir.Models.Jinja;

/// <summary>A macro with the variables it can see. Its value is its text, or what ended it by <see cref="MacroReturn"/>.</summary>
internal sealed class Macro(MacroDefinition definition, Frame closure) : IJinjaObject, IJinjaCallable
{
    public string Name => definition.Name;

    public string TypeName => "Macro";

    public object? Call(Arguments arguments)
    {
        Stack.Check();
        var frame = new Frame(closure);
        Bind(arguments, frame);
        try
        {
            return definition.Body.Capture(frame);
        }
        catch (MacroReturn end) when (definition.Home is not null || definition.Name != "caller")
        {
            return end.Value;
        }
        catch (JinjaException error) when (error.Passes(Name, closure.File, definition.At.Line))
        {
            throw;
        }
    }

    public bool TryGetAttribute(string name, out object? value)
    {
        value = name switch
        {
            "name" => Name,
            "arguments" => new JinjaTuple([.. definition.Parameters.Select(parameter => parameter.Name)]),
            "caller" => definition.Uses.HasFlag(MacroNames.Caller),
            "catch_kwargs" => definition.Uses.HasFlag(MacroNames.KwArgs),
            "catch_varargs" => definition.Uses.HasFlag(MacroNames.VarArgs),
            _ => this,
        };
        return !ReferenceEquals(value, this);
    }

    public override string ToString() => $"<Macro {Repr.Of(Name)}>";

    private string Signature => $"It is {Name}({string.Join(", ", definition.Parameters.Select(parameter => parameter.Default is null ? parameter.Name : parameter.Name + "=…"))}) in {closure.File}:{definition.At.Line}.";

    private void Bind(Arguments arguments, Frame frame)
    {
        var named = new OrderedDictionary<string, object?>(arguments.Named);
        var parameters = definition.Parameters;
        for (var index = 0; index < parameters.Count; index++)
            BindOne(parameters[index], index, arguments, named, frame);

        if (definition.Uses.HasFlag(MacroNames.Caller) && !parameters.Any(parameter => parameter.Name == "caller"))
            frame.Set("caller", named.Remove("caller", out var caller) && caller is not null ? caller : new Undefined("No caller defined"));
        if (definition.Uses.HasFlag(MacroNames.KwArgs))
            frame.Set("kwargs", new JinjaDict(named.Select(item => KeyValuePair.Create((object?)item.Key, item.Value))));
        else if (named.ContainsKey("caller"))
            throw new JinjaException(JinjaErrorKind.Type, $"macro {Repr.Of(Name)} was called with a block but does not use caller()");
        else if (named.Count > 0)
            throw new JinjaException(JinjaErrorKind.Type, $"macro {Repr.Of(Name)} takes no keyword argument {Repr.Of(named.GetAt(0).Key)}") { Advice = Signature };
        if (definition.Uses.HasFlag(MacroNames.VarArgs))
            frame.Set("varargs", new JinjaTuple([.. arguments.Positional.Skip(parameters.Count)]));
        else if (arguments.Positional.Count > parameters.Count)
            throw new JinjaException(JinjaErrorKind.Type, $"macro {Repr.Of(Name)} takes not more than {parameters.Count} argument(s)") { Advice = Signature };
    }

    private static void BindOne(MacroParameter parameter, int index, Arguments arguments, OrderedDictionary<string, object?> named, Frame frame)
    {
        if (index < arguments.Positional.Count)
            frame.Set(parameter.Name, arguments.Positional[index]);
        else if (named.Remove(parameter.Name, out var value))
            frame.Set(parameter.Name, value);
        else
        {
            // A default may name the parameter itself or a later one: it is then undefined, not the outer variable.
            frame.Set(parameter.Name, new Undefined($"parameter {Repr.Of(parameter.Name)} was not provided"));
            if (parameter.Default is not null)
                frame.Set(parameter.Name, parameter.Default.Evaluate(frame));
        }
    }
}
