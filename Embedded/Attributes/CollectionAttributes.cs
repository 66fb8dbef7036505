using System.Globalization;

namespace Orleans;

/// <summary>How long an activation of this class may lie idle before it is deactivated.</summary>
[AttributeUsage(AttributeTargets.Class, AllowMultiple = false)]
public class CollectionAgeLimitAttribute : Attribute
{
    /// <summary>The shortest limit that <see cref="Days"/>, <see cref="Hours"/> and <see cref="Minutes"/> can give.</summary>
    public static readonly TimeSpan MinAgeLimit = TimeSpan.FromMinutes(1);

    private readonly TimeSpan? _given;

    /// <summary>The limit is the sum of the properties, at least <see cref="MinAgeLimit"/>.</summary>
    public CollectionAgeLimitAttribute()
    {
    }

    /// <summary>The limit is this span, taken as it is.</summary>
    /// <param name="inactivityPeriod">As <see cref="TimeSpan.Parse(string)"/> reads it.</param>
    public CollectionAgeLimitAttribute(string inactivityPeriod) => _given = TimeSpan.Parse(inactivityPeriod, CultureInfo.InvariantCulture);

    /// <summary>Days of the sum.</summary>
    public double Days { get; set; }

    /// <summary>Hours of the sum.</summary>
    public double Hours { get; set; }

    /// <summary>Minutes of the sum.</summary>
    public double Minutes { get; set; }

    /// <summary>Never deactivated for idling.</summary>
    public bool AlwaysActive { get; set; }

    /// <summary>The limit that follows from what was given.</summary>
    public TimeSpan AgeLimit
    {
        get
        {
            if (_given is { } given)
            {
                return given;
            }

            var sum = AlwaysActive ? TimeSpan.FromDays(short.MaxValue) : TimeSpan.FromDays(Days) + TimeSpan.FromHours(Hours) + TimeSpan.FromMinutes(Minutes);
            return sum < MinAgeLimit ? MinAgeLimit : sum;
        }
    }
}

/// <summary>Activations of this class are never deactivated for idling.</summary>
[AttributeUsage(AttributeTargets.Class, AllowMultiple = false)]
public class KeepAliveAttribute : Attribute;
