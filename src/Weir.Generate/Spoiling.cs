namespace Weir.Generate;

/// <summary>A way in which an event is malformed.</summary>
internal enum Spoil
{
    Not,
    Syntax,
    Time,
    AbsurdTime,
    Identity,
    Price,
}

/// <summary>Chooses how an event is malformed.</summary>
internal static class Spoiling
{
    public static Spoil Of(ShopEvent e) => (Spoil)(1 + (e.Id.ToByteArray()[0] % 5));
}
