namespace TrainingHub.StripeDouble;

internal enum Fault
{
    /// <summary>The connection ends before anything was done.</summary>
    DropBefore,

    /// <summary>The request is carried out, then the connection ends without an answer.</summary>
    DropAfter,

    /// <summary>500 before anything was done; the same key may be tried again.</summary>
    ServerError,

    /// <summary>500 that the idempotency key remembers, with Stripe-Should-Retry: false.</summary>
    LastingServerError,

    /// <summary>409, as when two requests lock the same object.</summary>
    Conflict,

    /// <summary>429.</summary>
    TooMany,

    /// <summary>The request is carried out; the answer comes after <see cref="Faults.SlowFor"/>.</summary>
    Slow,
}

/// <summary>Faults that the next API requests meet, one each, in the order given.</summary>
internal sealed class Faults
{
    private readonly Queue<(Fault Fault, string Method)> next = [];

    /// <summary>While set, every API request meets this fault: an outage.</summary>
    public Fault? Always { get; set; }

    /// <summary>While set, every request for a page of a list after its first meets this fault.</summary>
    public Fault? OnLaterPages { get; set; }

    public TimeSpan SlowFor { get; set; } = TimeSpan.FromSeconds(12);

    /// <summary>The next <paramref name="times"/> requests of that method meet the fault.</summary>
    public void Next(Fault fault, int times = 1, string method = "POST")
    {
        lock (next)
        {
            for (var i = 0; i < times; i++)
            {
                next.Enqueue((fault, method));
            }
        }
    }

    public Fault? Take(string method, bool isLaterPage)
    {
        lock (next)
        {
            if (next.TryPeek(out var first) && first.Method == method)
            {
                return next.Dequeue().Fault;
            }
        }
        return isLaterPage && OnLaterPages is { } later ? later : Always;
    }
}
