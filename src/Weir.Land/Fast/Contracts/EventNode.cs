using System.Text.Json;

namespace Weir.Land.Fast.Contracts;

/// <summary>A value of an <see cref="EventTree"/>, and what it is called in the object that it is in.</summary>
internal unsafe struct EventNode
{
    /// <summary>Its name, UTF-8; an element of an array has none.</summary>
    public byte* Name;
    public int NameLength;

    /// <summary>Its JSON text; of a string what is between the quotes. Of what is open it means nothing, and a number of a column has none until somebody wants it.</summary>
    public byte* Text;
    public int Length;

    /// <summary>A number of a column, and how many of its digits stand after the point.</summary>
    public long Number;
    public int Scale;

    public JsonTokenType Kind;

    /// <summary>Whether it is a string with escapes; then there are quotes around it in memory.</summary>
    public bool IsEscaped;

    /// <summary>Whether its members or elements are nodes.</summary>
    public bool IsOpen;

    /// <summary>Of what is open: how many there are, the first and the last; <see cref="EventTree.None"/>: there is none.</summary>
    public int Count, First, Last;

    /// <summary>The next in the object or array that it is in.</summary>
    public int Next;
}
