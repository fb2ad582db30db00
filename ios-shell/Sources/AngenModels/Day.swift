// Days of the calendar in China, as papers and the core write them: `2026-09-30`.

import Foundation

/// A day of the calendar in China.
public enum Day {
    private static let calendar: Calendar = {
        var calendar = Calendar(identifier: .gregorian)
        // The whole country has one time, without a summer time.
        calendar.timeZone = TimeZone(secondsFromGMT: 8 * 3600)!
        return calendar
    }()

    /// The day on which a moment lies, or the one so many days after it.
    public static func of(_ ms: Int64, after days: Int = 0) -> String {
        let moment = Date(timeIntervalSince1970: Double(ms) / 1000)
        let date = calendar.date(byAdding: .day, value: days, to: moment) ?? moment
        let parts = calendar.dateComponents([.year, .month, .day], from: date)
        let digits = [parts.month, parts.day].map { number in
            let text = String(number ?? 0)
            return text.count < 2 ? "0" + text : text
        }
        return "\(parts.year ?? 0)-\(digits[0])-\(digits[1])"
    }
}
