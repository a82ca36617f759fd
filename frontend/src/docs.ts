/** The interactive documentation of the API, from our own origin. */
import 'rapidoc';
