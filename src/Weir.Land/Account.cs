using Weir.Accounting;
using Weir.Events;
using Weir.Lake;

namespace Weir.Land;

/// <summary>Reads the account once; whoever asks again and again keeps an <see cref="AccountReader"/>.</summary>
public static class Account
{
    /// <inheritdoc cref="AccountReader.Read"/>
    /// <param name="lake">Where the streams land.</param>
    /// <param name="openStreams">Gives every stream there is.</param>
    public static AccountReport Read(LakeStore lake, Func<IReadOnlyList<IEventStream>> openStreams) => new AccountReader(lake).Read(openStreams);
}
