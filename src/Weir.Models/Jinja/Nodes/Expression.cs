namespace Weir.Models.Jinja;

/// <summary>A part of a template that has a value.</summary>
internal abstract class Expression(Position at)
{
    public Position At { get; } = at;

    /// <summary>Known when the template is parsed; matters only for native rendering, which gives constants as text.</summary>
    public virtual bool IsConstant => false;

    public object? Evaluate(Frame frame)
    {
        try
        {
            return Compute(frame);
        }
        catch (JinjaException error) when (error.Locate(frame.File, At))
        {
            throw;
        }
    }

    protected abstract object? Compute(Frame frame);
}
